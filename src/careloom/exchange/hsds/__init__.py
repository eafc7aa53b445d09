"""Service directories in: HSDS 3.x (CSV or JSON), the older Ohana CSV layout and the SAMHSA locator.

facts = read_directory(name="columbia.zip", files={"columbia.zip": data}, source="columbia-211")
"""

from careloom.exchange.hsds.reader import read_directory, read_path

__all__ = ["read_directory", "read_path"]
