"""The directory of services for other systems: an HSDS 3 API that anybody may read, and the same as a datapackage.

shapes -> rows -> objects -> views; `finding` answers what is asked for, `describing` is the OpenAPI document, `package` the zip of tables.
"""
