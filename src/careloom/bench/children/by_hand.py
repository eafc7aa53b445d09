"""SQL by hand on DuckDB: what somebody writes who knows the rules and wants these indicators and nothing else.

The stays that count are kept once, as one would; what is read is only what is needed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from careloom.bench.children.asked import CUTOFF_ON, YEARS, Answer

_CARE: Final = """
CREATE TEMP TABLE care AS
WITH born AS (SELECT realm, subject, born_on, (born_on + INTERVAL 18 YEAR)::DATE AS same FROM {subjects}),
grown AS (SELECT realm, subject,
    CASE WHEN month(born_on) = 2 AND day(born_on) = 29 AND day(same) <> 29 THEN same + 1 ELSE same END AS adult_on FROM born)
SELECT e.realm, e.subject, e.episode, e.entered_on, e.left_on, e.reason, e.trial_home_on, coalesce(g.adult_on, DATE '9999-12-31') AS adult_on,
    lead(e.entered_on) OVER (PARTITION BY e.realm, e.subject ORDER BY e.entered_on, e.episode) AS next_on
FROM {episodes} e LEFT JOIN grown g USING (realm, subject)
WHERE (e.left_on IS NULL OR e.left_on - e.entered_on >= 8) AND e.entered_on < coalesce(g.adult_on, DATE '9999-12-31')
"""

# The years as a small table, so that all of them are answered in one pass.
_YEARS: Final = "CREATE TEMP TABLE years (year VARCHAR, first DATE, after DATE)"

_KNOWN: Final = """
known AS (SELECT year, first, after, realm, subject, episode, entered_on, adult_on, trial_home_on,
    CASE WHEN left_on <= $cutoff THEN left_on END AS left_on, CASE WHEN left_on <= $cutoff THEN reason END AS reason,
    CASE WHEN next_on <= $cutoff THEN next_on END AS next_on
    FROM care, years WHERE entered_on <= $cutoff)
"""

_SHARE: Final = """
SELECT year, count(*) FILTER (NOT unripe AND NOT apart), count(*) FILTER (met AND NOT unripe AND NOT apart), count(*) FILTER (apart),
    count(*) FILTER (unripe AND NOT apart) FROM rows GROUP BY year
"""
_RATE: Final = "SELECT year, count(*) FILTER (whole > 0), count(*) FILTER (part > 0), 0, 0, sum(whole), sum(part) FROM rows GROUP BY year"

_PERMANENT: Final = """
SELECT year, false AS apart, left_on IS NULL AND $cutoff < {start} + 365 AS unripe,
    coalesce(reason IN ('reunification', 'relative', 'guardianship', 'adoption') AND left_on < adult_on
        AND CASE WHEN reason = 'reunification' AND trial_home_on + 30 < left_on THEN trial_home_on + 30 ELSE left_on END <= {start} + 365,
        false) AS met
FROM (SELECT *, row_number() OVER (PARTITION BY year, realm, subject ORDER BY entered_on, episode) AS place FROM known WHERE {where})
WHERE place = 1
"""
_WAITING: Final = "entered_on < first AND (left_on IS NULL OR left_on > first) AND adult_on > first AND {long}"
_UNTIL: Final = "least(coalesce(left_on, DATE '9999-12-31'), after, adult_on, $cutoff + 1)"
_FOUNDED: Final = "disposition IN ('substantiated', 'indicated')"

_HOME: Final = """
WITH told AS (SELECT year, realm, subject, min(on_date) AS on_date FROM {notifications}, years
    WHERE on_date >= first AND on_date < after AND on_date <= $cutoff GROUP BY ALL),
removed AS (SELECT realm, subject, min(entered_on) AS removed_on FROM {episodes} GROUP BY ALL),
lost AS (SELECT realm, subject, min(on_date) AS lost_on FROM {losses} GROUP BY ALL),
days AS (SELECT year, coalesce(born_on, on_date) + DAYS AS until, removed_on, lost_on FROM told
    LEFT JOIN {subjects} USING (realm, subject) LEFT JOIN removed USING (realm, subject) LEFT JOIN lost USING (realm, subject)),
flags AS (SELECT *, coalesce(removed_on <= until AND removed_on <= $cutoff, false) AS gone, coalesce(lost_on < until AND lost_on <= $cutoff, false)
    AS away FROM days),
rows AS (SELECT year, NOT gone AS met, away AND NOT coalesce(gone AND removed_on <= lost_on, false) AS apart,
    NOT gone AND $cutoff + 1 < until AS unripe FROM flags)
"""

SQL: Final = {
    "P1": f"WITH {_KNOWN}, rows AS ({_PERMANENT.format(start='entered_on', where='entered_on >= first AND entered_on < after')}) {_SHARE}",
    "P2": "WITH " + _KNOWN + ", rows AS (" + _PERMANENT.format(
        start="first", where=_WAITING.format(long="entered_on + INTERVAL 12 MONTH <= first AND entered_on + INTERVAL 24 MONTH > first")
    ) + ")" + _SHARE,
    "P3": "WITH " + _KNOWN + ", rows AS (" + _PERMANENT.format(
        start="first", where=_WAITING.format(long="entered_on + INTERVAL 24 MONTH <= first")
    ) + ")" + _SHARE,
    "P4": f"""WITH {_KNOWN}, went AS (SELECT *, row_number() OVER (PARTITION BY year, realm, subject ORDER BY left_on, episode) AS place FROM known
        WHERE reason IN ('reunification', 'relative', 'guardianship') AND left_on < adult_on AND left_on >= first AND left_on < after),
        back AS (SELECT *, coalesce(next_on <= left_on + 365, false) AS met FROM went WHERE place = 1),
        rows AS (SELECT year, met, false AS apart, NOT met AND $cutoff < left_on + 365 AS unripe FROM back) {_SHARE}""",
    "P5": f"""WITH {_KNOWN}, entered AS (SELECT year, realm, subject, episode, entered_on, {_UNTIL} AS until FROM known
            WHERE entered_on >= first AND entered_on < after),
        homes AS (SELECT realm, subject, episode, on_date, setting || ':' || coalesce(place, '') AS home,
            lag(setting || ':' || coalesce(place, '')) OVER (PARTITION BY realm, subject, episode ORDER BY on_date, seq) AS before
            FROM {{placements}} SEMI JOIN entered USING (realm, subject, episode)
            WHERE setting NOT IN ('hospital', 'respite', 'runaway', 'trial_home_visit')),
        moves AS (SELECT year, realm, subject, count(*) AS part FROM entered JOIN homes USING (realm, subject, episode)
            WHERE before <> home AND on_date >= entered_on AND on_date < until GROUP BY ALL),
        days AS (SELECT year, realm, subject, sum(until - entered_on) AS whole FROM entered GROUP BY ALL),
        rows AS (SELECT year, whole, coalesce(part, 0) AS part FROM days LEFT JOIN moves USING (year, realm, subject)) {_RATE}""",
    "S1": f"""WITH {_KNOWN}, there AS (SELECT year, realm, subject, entered_on, greatest(entered_on, first) AS since, {_UNTIL} AS until FROM known
            WHERE greatest(entered_on, first) < {_UNTIL}),
        told AS (SELECT realm, subject, on_date, coalesce(incident_on, on_date) AS incident_on FROM {{reports}} WHERE {_FOUNDED}),
        harms AS (SELECT year, realm, subject, count(DISTINCT told.incident_on) AS part FROM there JOIN told USING (realm, subject)
            WHERE told.on_date >= since AND told.on_date < until AND told.on_date > entered_on + 7 AND told.incident_on >= entered_on GROUP BY ALL),
        days AS (SELECT year, realm, subject, sum(until - since) AS whole FROM there GROUP BY ALL),
        rows AS (SELECT year, whole, coalesce(part, 0) AS part FROM days LEFT JOIN harms USING (year, realm, subject)) {_RATE}""",
    "S2": f"""WITH founded AS (SELECT r.realm, r.subject, seq, on_date, incident_on, born_on, (born_on + INTERVAL 18 YEAR)::DATE AS same
            FROM {{reports}} r LEFT JOIN {{subjects}} s USING (realm, subject) WHERE {_FOUNDED} AND on_date <= $cutoff),
        minors AS (SELECT * FROM founded WHERE born_on IS NULL OR on_date < CASE WHEN month(born_on) = 2 AND day(born_on) = 29 AND day(same) <> 29
            THEN same + 1 ELSE same END),
        initial AS (SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY year, realm, subject ORDER BY on_date, seq) AS place
            FROM minors, years WHERE on_date >= first AND on_date < after) WHERE place = 1),
        again AS (SELECT DISTINCT f.year, f.realm, f.subject FROM initial f JOIN minors o USING (realm, subject) WHERE o.on_date > f.on_date + 14
            AND o.on_date <= f.on_date + 365 AND (o.incident_on IS NULL OR f.incident_on IS NULL OR o.incident_on <> f.incident_on)),
        marked AS (SELECT f.year, f.on_date, a.subject IS NOT NULL AS met FROM initial f LEFT JOIN again a USING (year, realm, subject)),
        rows AS (SELECT year, met, false AS apart, NOT met AND $cutoff < on_date + 365 AS unripe FROM marked) {_SHARE}""",
    "RH6": _HOME.replace("DAYS", "182") + _SHARE,
    "RH12": _HOME.replace("DAYS", "365") + _SHARE,
    "MOUD180": f"""WITH mothers AS (SELECT DISTINCT year, first, realm, subject FROM {{supplies}}, years
            WHERE on_date >= first AND on_date < after AND on_date <= $cutoff),
        known AS (SELECT year, first, realm, subject, seq, on_date, days, on_date - first AS since_start FROM {{supplies}}
            JOIN mothers USING (realm, subject) WHERE on_date >= first AND on_date <= $cutoff),
        summed AS (SELECT *, sum(days) OVER w AS total FROM known WINDOW w AS (PARTITION BY year, realm, subject ORDER BY on_date, seq)),
        ends AS (SELECT *, total + max(since_start - total + days) OVER (PARTITION BY year, realm, subject ORDER BY on_date, seq) AS until
            FROM summed),
        broken AS (SELECT *, until - days AS since, lag(until) OVER (PARTITION BY year, realm, subject ORDER BY on_date, seq) AS last FROM ends),
        counted AS (SELECT *, sum((last IS NULL OR since - last > 7)::INT) OVER (PARTITION BY year, realm, subject ORDER BY on_date, seq) AS run
            FROM broken),
        runs AS (SELECT year, first, realm, subject, max(until) - min(since) AS long, max(until) AS until FROM counted
            GROUP BY year, first, realm, subject, run),
        ended AS (SELECT year, first, max(long) >= 180 AS met, max(until) AS until FROM runs GROUP BY year, first, realm, subject),
        rows AS (SELECT year, met, false AS apart, NOT met AND until + 7 >= $cutoff + 1 - first AS unripe FROM ended) {_SHARE}""",
    "IET_INITIATED": f"""WITH found AS (SELECT year, realm, subject, min(on_date) AS on_date FROM {{diagnoses}}, years
            WHERE on_date >= first AND on_date < after AND on_date <= $cutoff GROUP BY ALL),
        began AS (SELECT year, realm, subject, f.on_date, min(v.on_date) FILTER (v.on_date >= f.on_date AND v.on_date <= $cutoff) AS began_on
            FROM found f LEFT JOIN {{visits}} v USING (realm, subject) GROUP BY ALL),
        marked AS (SELECT year, on_date, coalesce(began_on <= on_date + 14, false) AS met FROM began),
        rows AS (SELECT year, met, false AS apart, NOT met AND $cutoff < on_date + 14 AS unripe FROM marked) {_SHARE}""",
    "POSC": f"""WITH told AS (SELECT year, realm, subject, min(on_date) AS on_date FROM {{notifications}}, years
            WHERE on_date >= first AND on_date < after AND on_date <= $cutoff GROUP BY ALL),
        planned AS (SELECT realm, subject, min(on_date) AS planned_on FROM {{plans}} GROUP BY ALL),
        rows AS (SELECT year, coalesce(planned_on <= $cutoff, false) AS met, false AS apart, false AS unripe
            FROM told LEFT JOIN planned USING (realm, subject)) {_SHARE}""",
}  # fmt: skip
_TABLES: Final = ("subjects", "episodes", "placements", "reports", "notifications", "plans", "losses", "supplies", "diagnoses", "visits")


def answers(folder: Path, *, scratch: Path) -> Answer:
    """The sums of every indicator."""
    import duckdb

    with duckdb.connect(config={"preserve_insertion_order": False, "temp_directory": str(scratch)}) as db:
        read = {name: f"read_parquet('{folder}/{name}/*.parquet')" for name in _TABLES}
        db.execute(_CARE.format(**read))
        db.execute(_YEARS)
        db.executemany("INSERT INTO years VALUES (?, ?, ?)", [[w.name, w.starts_on, w.ends_on] for w in YEARS])
        told: Answer = {}
        for code, text in SQL.items():
            found = db.execute(text.format(**read), {"cutoff": CUTOFF_ON}).fetchall()
            told[code] = {year: [int(value) for value in (*sums, *sums[:2])[:6]] for year, *sums in sorted(found)}
    return told
