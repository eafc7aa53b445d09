"""The partnership's rooms: the faces of a collaborative. It reads and writes through `partnership` and holds nothing itself."""
