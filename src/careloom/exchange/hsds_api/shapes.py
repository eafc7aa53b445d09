"""The tables of HSDS: their files, columns, kinds of value and links. The API's schemas and the datapackage are both made from these.

Source: Open Referral, HSDS 3.0 `datapackage.json` and, for the last two tables, 3.1-dev `service_capacity.json` and `unit.json`. Every column of the
specification stands here, in its order, so that a file has the heading that other systems expect; a column that we do not keep stays empty.
"""

from __future__ import annotations

from dataclasses import dataclass

FORMATS = {"uuid": "uuid", "email": "email", "uri": "uri"}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
VALUES = {
    ("service", "status"): ("active", "inactive", "defunct", "temporarily closed"),
    ("location", "location_type"): ("physical", "postal", "virtual"),
    ("address", "address_type"): ("physical", "postal", "virtual"),
    ("schedule", "wkst"): DAYS,
    ("schedule", "freq"): ("WEEKLY", "MONTHLY"),
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: `kind` is string, number, date, time, datetime, uuid, email or uri; `values` are all that it may hold, when it is a list."""

    name: str
    kind: str
    required: bool
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: its file in a datapackage, its columns, and which of them name a row of which other table."""

    name: str
    file: str
    columns: tuple[Column, ...]

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Columns that hold the id of a row, with the table of that row. `link_id` may name a row of several tables."""
        known = {c.name: c.name.removesuffix("_id") for c in self.columns if c.name.endswith("_id") and c.name != "link_id"}
        return tuple((column, table) for column, table in known.items() if table in NAMES)


def _table(name: str, file: str, columns: str) -> Table:
    found = []
    for word in columns.split():
        column, _colon, kind = word.removesuffix("!").partition(":")
        required = word.endswith("!")
        found.append(Column(name=column, kind=kind or "string", required=required, values=VALUES.get((name, column), ())))
    return Table(name=name, file=file, columns=tuple(found))


NAMES = (
    *("organization", "service", "location", "service_at_location", "address", "phone", "schedule", "service_area", "language"),
    *("accessibility", "cost_option", "required_document", "taxonomy", "taxonomy_term", "attribute", "service_capacity", "unit"),
)
TABLES = {
    table.name: table
    for table in (
        _table(
            "organization",
            "organizations.csv",
            "id:uuid! name! alternate_name description! email:email website:uri tax_status tax_id year_incorporated:number legal_status logo uri:uri "
            "parent_organization_id:uuid",
        ),
        _table(
            "service",
            "services.csv",
            "id:uuid! organization_id:uuid! program_id:uuid name! alternate_name description url:uri email:email status! interpretation_services "
            "application_process fees_description wait_time fees accreditations eligibility_description minimum_age:number maximum_age:number "
            "assured_date:date assurer_email:email licenses alert last_modified:datetime",
        ),
        _table(
            "location",
            "locations.csv",
            "id:uuid! location_type! url:uri organization_id:uuid name alternate_name description transportation latitude:number longitude:number "
            "external_identifier external_identifier_type",
        ),
        _table("service_at_location", "service_at_location.csv", "id:uuid! service_id:uuid! location_id:uuid! description"),
        _table(
            "address",
            "addresses.csv",
            "id:uuid! location_id:uuid attention address_1! address_2 city! region state_province! postal_code! country! address_type!",
        ),
        _table(
            "phone",
            "phones.csv",
            "id:uuid! location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid service_at_location_id:uuid number! extension:number "
            "type description",
        ),
        _table(
            "schedule",
            "schedules.csv",
            "id:uuid! service_id:uuid location_id:uuid service_at_location_id:uuid valid_from:date valid_to:date dtstart:date timezone:number "
            "until:date count:number wkst freq interval:number byday byweekno bymonthday byyearday description opens_at:time closes_at:time "
            "schedule_link:uri attending_type notes",
        ),
        _table("service_area", "service_areas.csv", "id:uuid! service_id:uuid name description extent extent_type uri"),
        _table("language", "languages.csv", "id:uuid! service_id:uuid location_id:uuid phone_id:uuid name code note"),
        _table("accessibility", "accessibility.csv", "id:uuid! location_id:uuid description details url:uri"),
        _table(
            "cost_option",
            "cost_options.csv",
            "id:uuid! service_id:uuid! valid_from:date valid_to:date option currency amount:number amount_description",
        ),
        _table("required_document", "required_documents.csv", "id:uuid! service_id:uuid document uri:uri"),
        _table("taxonomy", "taxonomies.csv", "id:uuid! name! description! uri:uri version"),
        _table(
            "taxonomy_term",
            "taxonomy_terms.csv",
            "id:uuid! code name! description! parent_id:uuid taxonomy language taxonomy_id:uuid term_uri:uri",
        ),
        _table("attribute", "attributes.csv", "id:uuid! link_id:uuid! taxonomy_term_id:uuid! link_type link_entity! value"),
        _table(
            "service_capacity",
            "service_capacity.csv",
            "id:uuid! service_id:uuid! unit_id:uuid! available:number! maximum:number description updated:datetime!",
        ),
        _table("unit", "units.csv", "id:uuid! name! scheme identifier uri:uri"),
    )
}
