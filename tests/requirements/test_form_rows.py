"""What is asked of a patient and what comes of it, shown to her beforehand."""

from __future__ import annotations

import pytest
from tests.integration.portal.conftest import World
from tests.integration.portal.reading import text
from tests.requirements.conftest import saved, text_of
from tests.requirements.test_her_rows import browser

NEVER = {f"phq-{number}": "not-at-all" for number in range(1, 10)}
PHQ = "urn:careloom:form:phq-9"


def begun(her_world: World) -> str:
    """The page of a form about her mood that her coordinator begins."""
    form = {"url": PHQ, "about": str(her_world.mother), "language": "es"}
    answer = browser(her_world.dana).post(f"/forms/{her_world.mother}/start/", form)
    assert answer.status_code == 302
    return str(answer["Location"])


def handed_in(her_world: World, page: str, **more: str) -> object:
    form = {"asked": list(NEVER), **NEVER, "version": "1", "tab": "one", "how": "SPOKEN", "hand_in": "1"} | more
    return browser(her_world.dana).post(page, form)


@pytest.mark.requirement("R-135")
def test_the_clinic_shows_her_what_is_asked_and_what_comes_of_it_before_it_asks(her_world: World) -> None:
    coordinator, page = browser(her_world.dana), begun(her_world)
    refused = handed_in(her_world, page)
    assert refused.status_code == 422  # type: ignore[attr-defined]
    assert "Show her first what is asked and what comes of it" in refused.content.decode()  # type: ignore[attr-defined]
    told = text_of(coordinator.get(f"/forms/{her_world.mother}/protocol/?language=es"))
    for words in (
        "A todas las personas les hacemos las mismas preguntas", "Cuándo preguntamos", "Qué hacemos con sus respuestas",
        "Sus respuestas no van por sí solas a bienestar infantil.", "no es por sí solo motivo para reportarle",
        "Aquí una ley federal sobre el tratamiento de drogas y alcohol protege más sus respuestas.",
    ):  # fmt: skip
        assert words in told
    assert "We do not test your urine to find out." in text_of(coordinator.get(f"/forms/{her_world.mother}/protocol/?language=en"))
    saved(coordinator.post(f"/forms/{her_world.mother}/protocol/?language=es"))
    noted = text_of(coordinator.get(f"/forms/{her_world.mother}/"))
    assert "Shown to her, " in noted
    assert "by Dana Whitlock." in noted
    saved(handed_in(her_world, page))


@pytest.mark.requirement("R-135")
def test_she_reads_it_on_her_own_pages_and_her_team_knows_that_she_did(her_world: World) -> None:
    phone, coordinator = her_world.signed_in(), browser(her_world.dana)
    assert "What we ask you and why" in text(phone, "rights/")
    for language, words in (("en", "Your answers do not go to child welfare by themselves."), ("es", "Nadie le pone una nota como madre.")):
        assert words in text(phone, "asked/", language)
    assert "She has not been shown yet" in text_of(coordinator.get(f"/forms/{her_world.mother}/"))
    for _twice in range(2):
        saved(phone.post("/my/asked/"))
    assert "She read it on her own pages" in text_of(coordinator.get(f"/forms/{her_world.mother}/"))
    saved(handed_in(her_world, begun(her_world)))
    assert "I have read this" not in text(phone, "asked/")


@pytest.mark.requirement("R-135")
def test_a_tick_on_the_form_says_that_she_was_shown_it_when_and_by_whom(her_world: World) -> None:
    page, coordinator = begun(her_world), browser(her_world.dana)
    assert "I showed her beforehand what is asked" in text_of(coordinator.get(page))
    saved(handed_in(her_world, page, shown="1"))
    assert "by Dana Whitlock." in text_of(coordinator.get(f"/forms/{her_world.mother}/protocol/"))
