"""The service directory: public facts about who offers what, where, to whom, and whether there is room."""
