import datetime as dt

import pytest

from citizen_promises import actions
from tests import factories, promising
from tests.citizen_promises.conftest import DAY

PAST = {"starts": dt.date(2024, 1, 1), "ends": dt.date(2025, 12, 31)}
FUTURE = {"starts": dt.date(2027, 1, 1), "ends": dt.date(2027, 12, 31)}


def page(client, address="/medborgarloften/lycksele/"):
    return client.get(address).content.decode()


def test_everybody_reads_without_signing_in(client, published):
    text = page(client)

    assert "Våra löften till dig i Lycksele" in text
    assert "Synlig polis i centrum" in text
    assert "Polisen lovar · 1 april 2026 – 31 mars 2028" in text
    assert "Många undviker torget sena kvällar." in text


@pytest.mark.parametrize("address", ["", "lycksele/", "?sok=lycksele&lan=24"])
def test_visitors_get_no_cookies(client, published, address):
    response = client.get(f"/medborgarloften/{address}")

    assert response.status_code == 200
    assert not response.cookies


def test_the_pages_have_no_scripts_and_no_menu(client, published):
    text = page(client)

    assert "<script" not in text
    assert "Logga in" not in text
    assert "Huvudmeny" not in text


def test_nothing_internal_is_shown(client, published, promise, bo):
    text = page(client)

    assert promise.function not in text
    assert bo.name not in text


def test_a_draft_is_invisible(client, draft, promise):
    assert "Synlig polis" not in page(client)
    assert client.get(f"/medborgarloften/lycksele/{draft.pk}/").status_code == 404


def test_a_document_stands_only_under_its_own_municipality(client, published):
    assert client.get(f"/medborgarloften/lycksele/{published.pk}/").status_code == 200
    assert client.get(f"/medborgarloften/landskrona/{published.pk}/").status_code == 404


def test_an_unknown_municipality_is_not_found(client, lycksele):
    assert client.get("/medborgarloften/atlantis/").status_code == 404


def test_a_municipality_without_promises_teaches(client, lycksele):
    text = page(client)

    assert "Inga medborgarlöften i Lycksele ännu" in text
    assert "Vad är ett medborgarlöfte?" in text


def test_three_figures_stand_at_the_top(client, publish, bo):
    document = publish("Ett", "Två", "Tre", starts=dt.date(2026, 1, 1), ends=dt.date(2027, 12, 31))
    first = document.promises.get(text="Ett")
    actions.settle(first, by=bo, status="kept", day=DAY)
    factories.OutcomeFactory(promise=first, day=dt.date(2026, 5, 1))

    figures = client.get("/medborgarloften/lycksele/").context["shown"][0].figures
    assert figures == [(3, "löften", "2026–2027"), (1, "uppfyllt", ""), (1, "uppdatering", "senast 1 maj 2026")]


def test_outcomes_stand_latest_first(client, published, promise):
    for month, text in ((4, "I april"), (6, "I juni"), (5, "I maj")):
        factories.OutcomeFactory(promise=promise, day=dt.date(2026, month, 1), text=text)
    text = page(client)

    assert text.index("I juni") < text.index("I maj") < text.index("I april")


def test_the_bar_stops_at_full_but_the_words_do_not(client, published, promise):
    factories.OutcomeFactory(promise=promise, count=30)
    text = page(client)

    assert '<progress class="promise" value="25" max="25"' in text
    assert "30 av 25 fotpatruller hittills" in text


def test_a_count_per_term_has_words_but_no_bar(client, publish, draft, bo):
    factories.PromiseFactory(document=draft, planned_count=2, unit="vandringar", per="per termin")
    promising.publish(draft, by=bo)
    text = page(client)

    assert "0 vandringar hittills. Löftet är 2 vandringar per termin." in text
    assert "<progress" not in text


def test_a_promise_that_is_not_counted_says_how_it_is_judged(client, draft, bo):
    factories.PromiseFactory(document=draft, planned_count=None, unit="", basis="Vi frågar er på torget.")
    promising.publish(draft, by=bo)
    text = page(client)

    assert "Vi frågar er på torget." in text
    assert "<progress" not in text


def test_the_police_alone_speak_for_themselves(client, published):
    text = page(client)

    assert '<span class="name">Polisen</span>' in text
    assert "Så här arbetar polisen för att" in text


def test_a_joint_promise_is_spoken_by_both(client, draft, bo):
    factories.PromiseFactory(document=draft, promiser="joint")
    promising.publish(draft, by=bo)
    text = page(client)

    assert "Lycksele kommun och Polisen" in text
    assert "Tillsammans lovar vi" in text


def test_another_party_is_named(client, draft, bo, partnership):
    company = factories.OrganisationFactory(name="Bostadsbolaget Hemmet", kind="other")
    party = factories.PartyFactory(partnership=partnership, organisation=company)
    factories.PromiseFactory(document=draft, promiser="other").parties.add(party)
    promising.publish(draft, by=bo)

    assert "Bostadsbolaget Hemmet lovar" in page(client)


def test_missing_feedback_shows_when_the_time_is_over(client, publish):
    publish(**PAST)
    text = page(client)

    assert "Återkoppling saknas." in text
    assert "Inte bedömt ännu" in text
    assert "perioden tog slut 31 december 2025" in text


def test_nothing_is_missing_on_the_last_day(client, publish):
    publish(starts=dt.date(2026, 1, 1), ends=DAY)

    assert "Återkoppling saknas" not in page(client)


def test_feedback_given_is_not_missing(client, publish, bo):
    document = publish(**PAST)
    actions.give_feedback(document.promises.get(), by=bo, text="Det blev bra.", day=DAY)
    text = page(client)

    assert "Det blev bra." in text
    assert "Återkoppling saknas" not in text


def test_earlier_promises_are_listed_and_kept_under_their_own_address(client, publish):
    publish("Nytt löfte")
    old = publish("Gammalt löfte", title="Löften 2024–2025", **PAST)
    text = page(client)

    assert "Gammalt löfte" not in text
    assert "1 löfte, 0 uppfyllda, 1 utan återkoppling" in text
    assert "Gammalt löfte" in page(client, f"/medborgarloften/lycksele/{old.pk}/")


def test_coming_promises_are_listed(client, publish):
    publish("Nytt löfte")
    publish("Löftet som väntar", **FUTURE)
    text = page(client)

    assert "börjar gälla 1 januari 2027" in text
    assert "Löftet som väntar" not in text


def test_a_coming_promise_has_not_begun(client, publish):
    publish(**FUTURE)

    assert "Har inte börjat" in page(client)


def test_the_latest_ended_promises_are_shown_when_nothing_holds(client, publish):
    publish("Äldst", starts=dt.date(2022, 1, 1), ends=dt.date(2023, 12, 31))
    publish("Senast", **PAST)
    text = page(client)

    assert "Senast" in text
    assert "Äldst" not in text
    assert "och så gick det" in text


def test_typed_markup_is_shown_as_typed(client, publish):
    publish('<script>alert("x")</script> & <b>fet</b> 🚓')
    text = page(client)

    assert "<script" not in text
    assert "&lt;b&gt;fet&lt;/b&gt; 🚓" in text


def test_only_the_first_line_is_the_heading(client, publish):
    publish("Ljusare skolväg\nTolv nya lyktor vid Norrmalm.")
    text = page(client)

    assert ">Ljusare skolväg</h3>" in text
    assert '<p class="pre">Tolv nya lyktor vid Norrmalm.</p>' in text


def test_fifty_thousand_characters_are_shown_whole(client, publish):
    publish("Å" * 50_000)

    assert "Å" * 50_000 in page(client)


@pytest.mark.parametrize("documents", [1, 3])
def test_the_page_asks_a_constant_number_of_questions(client, publish, django_assert_max_num_queries, documents):
    for number in range(documents):
        factories.OutcomeFactory(promise=publish("Ett", "Två", title=f"{number}").promises.first())

    with django_assert_max_num_queries(12):
        client.get("/medborgarloften/lycksele/")


@pytest.mark.parametrize("places", [1, 3])
def test_the_list_asks_a_constant_number_of_questions(client, publish, django_assert_max_num_queries, places):
    for _ in range(places):
        publish(municipality=factories.MunicipalityFactory())

    with django_assert_max_num_queries(4):
        client.get("/medborgarloften/")


def test_the_nation_shows_each_county_with_its_numbers_in_alphabetical_order(client, publish, organisations):
    publish("Ett", "Två")
    text = page(client, "/medborgarloften/")

    assert text.index("Skåne län</a>") < text.index("Västerbottens län</a>")
    assert "1 kommun, 2 löften, 0 uppfyllda" in text
    assert "inga löften publicerade" in text
    assert client.get("/medborgarloften/").context["page"].figures == [
        (2, "löften gäller nu"),
        (0, "är uppfyllda"),
        (1, "kommun"),
    ]


def test_a_county_has_an_address_of_its_own_with_all_its_municipalities(client, publish, organisations):
    publish("Ett", "Två")
    text = page(client, "/medborgarloften/lan/vasterbottens-lan/")

    assert "2 löften gäller nu, 0 uppfyllda" in text
    assert "/medborgarloften/landskrona/" not in text
    assert client.get("/medborgarloften/lan/atlantis/").status_code == 404


def test_a_search_finds_municipalities_with_and_without_promises(client, publish, organisations):
    publish()

    assert "inga löften publicerade" in page(client, "/medborgarloften/?sok=landskr")
    assert "1 löfte gäller nu" in page(client, "/medborgarloften/?sok=LYCK")


def test_a_county_code_in_an_old_address_still_shows_its_municipalities(client, publish, organisations):
    publish()
    text = page(client, "/medborgarloften/?lan=12")

    assert "/medborgarloften/landskrona/" in text
    assert "/medborgarloften/lycksele/" not in text


def test_a_search_for_nothing_known_says_what_to_do(client, publish):
    publish()

    assert "Ingen kommun hittades" in page(client, "/medborgarloften/?sok=atlantis")


def test_an_unknown_county_is_no_filter(client, publish):
    publish()

    assert "Västerbottens län" in page(client, "/medborgarloften/?lan=99")


@pytest.mark.parametrize("address", ["", "lycksele/"])
def test_nothing_is_posted_here(client, lycksele, address):
    assert client.post(f"/medborgarloften/{address}").status_code == 405
