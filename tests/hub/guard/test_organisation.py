"""Who belongs to what on a day, what may a role do, and what is said of files that are wrong?"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from samsyn.hub.guard.organisation import Organisation, load_organisation
from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.law import Rulebook
from samsyn.law.loading import packaged_folder

EIGHT = frozenset({"AF", "AV", "EBM", "FK", "JäMy", "MV", "PM", "SKV"})
NINE = EIGHT | {"ÅM"}
CONTENT = {"cases", "protection"}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


@pytest.fixture(scope="module")
def organisation(rulebook: Rulebook) -> Organisation:
    return load_organisation(rulebook)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(packaged_folder() / "organisation", tmp_path / "organisation")
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Put new words in the place of old ones; the line they stand on."""
    path = folder / "organisation" / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults_in(rulebook: Rulebook, folder: Path) -> list[Fault]:
    with pytest.raises(FaultyFiles) as caught:
        load_organisation(rulebook, folder)
    return caught.value.faults


# --- membership and centres


def test_the_prosecutors_join_the_eight_in_february_2022(organisation: Organisation) -> None:
    assert organisation.cooperation_members(date(2017, 12, 31)) == frozenset()
    assert organisation.cooperation_members(date(2018, 1, 1)) == EIGHT
    assert organisation.cooperation_members(date(2022, 2, 23)) == EIGHT
    assert organisation.cooperation_members(date(2022, 2, 24)) == NINE


def test_an_agency_outside_the_cooperation_is_no_member(organisation: Organisation) -> None:
    day = date(2026, 3, 1)
    assert organisation.is_member("AV", day)
    assert not organisation.is_member("KFM", day)
    assert not organisation.is_member("ÅM", date(2022, 2, 23))
    assert not organisation.is_member("", day)


@pytest.mark.parametrize(
    ("centre", "shut", "opened"),
    [
        ("umea", date(2022, 6, 30), date(2022, 7, 1)),
        ("goteborg", date(2022, 6, 30), date(2022, 7, 1)),
        ("norrkoping", date(2023, 6, 21), date(2023, 6, 22)),
        ("orebro", date(2023, 10, 31), date(2023, 11, 1)),
        ("uppsala", date(2023, 10, 31), date(2023, 11, 1)),
        ("stockholm", date(2023, 11, 13), date(2023, 11, 14)),
        ("malmo", date(2023, 11, 30), date(2023, 12, 1)),
    ],
)
def test_a_centre_is_open_from_the_first_day_that_is_certain(
    organisation: Organisation, centre: str, shut: date, opened: date
) -> None:
    found = organisation.centres[centre]
    assert found.first_day == opened
    assert not found.is_open(shut)
    assert found.agencies_on(shut) == frozenset()
    assert found.is_open(opened)
    assert found.agencies_on(opened) == NINE


def test_seven_centres_serve_every_county_once(organisation: Organisation) -> None:
    served = [county for one in organisation.centres.values() for county in one.counties]
    assert len(organisation.centres) == 7
    assert sorted(served) == sorted(organisation.counties)
    assert len(served) == 21


def test_an_agency_that_leaves_a_centre_is_gone_the_day_after(
    rulebook: Rulebook, folder: Path
) -> None:
    stays = "{agency: FK, from: 2023-12-01, to: open}"
    change(folder, "centres.yaml", stays, stays.replace("open", "2025-06-30"))
    malmo = load_organisation(rulebook, folder).centres["malmo"]
    assert "FK" in malmo.agencies_on(date(2025, 6, 30))
    assert malmo.agencies_on(date(2025, 7, 1)) == NINE - {"FK"}


def test_nobody_takes_part_in_a_centre_that_has_closed(rulebook: Rulebook, folder: Path) -> None:
    change(folder, "centres.yaml", "closed: open", "closed: 2026-12-31")
    umea = load_organisation(rulebook, folder).centres["umea"]
    assert umea.agencies_on(date(2026, 12, 31)) == NINE
    assert umea.agencies_on(date(2027, 1, 1)) == frozenset()


# --- roles


def test_the_nine_roles_see_what_they_are_for(organisation: Organisation) -> None:
    assert {code: set(role.reads) for code, role in organisation.roles.items()} == {
        "agency_officer": {"cases"},
        "centre_coordinator": {"cases"},
        "inspector": {"cases"},
        "secrecy_lawyer": {"cases"},
        "centre_head": {"cases"},
        "national_coordinator": set(),
        "victim_support_coordinator": {"protection"},
        "agency_administrator": {"people"},
        "auditor": {"log", "people"},
    }


@pytest.mark.parametrize(
    ("act", "roles"),
    [
        ("disclosure.decide", {"agency_officer", "victim_support_coordinator"}),
        ("disclosure.countersign", {"secrecy_lawyer"}),
        ("register.release", {"secrecy_lawyer"}),
        ("role.give", {"agency_administrator"}),
        ("role.raise", {"agency_administrator"}),
        ("account.approve", {"agency_administrator"}),
        ("oversight.confirm", {"auditor"}),
        ("case.delete", set()),
    ],
)
def test_only_these_roles_may(organisation: Organisation, act: str, roles: set[str]) -> None:
    assert {role.code for role in organisation.roles.values() if role.permits(act)} == roles


def test_nobody_countersigns_what_they_may_decide(organisation: Organisation) -> None:
    for role in organisation.roles.values():
        assert not (role.permits("disclosure.decide") and role.permits("disclosure.countersign"))


def test_who_gives_access_or_examines_sees_no_content(organisation: Organisation) -> None:
    for role in organisation.roles.values():
        if role.permits("role.give") or role.permits("oversight.read"):
            assert not CONTENT & set(role.reads)
            assert not any(role.permits(act) for act in organisation.acts if act.startswith("case"))


def test_two_persons_give_the_roles_that_reach_beyond_the_cases(
    organisation: Organisation,
) -> None:
    assert {role.code for role in organisation.roles.values() if role.grave_for_raise} == {
        "secrecy_lawyer",
        "centre_head",
        "victim_support_coordinator",
        "agency_administrator",
        "auditor",
    }


def test_every_act_of_two_persons_has_roles_for_both(organisation: Organisation) -> None:
    assert dict(organisation.two_person_acts) == {
        "role.raise": "role.second",
        "tipster.open": "tipster.second",
        "secrecy.lift": "secrecy.second",
        "disposal.propose": "disposal.decide",
        "account.recover": "account.second",
    }
    for acts in organisation.two_person_acts.items():
        for act in acts:
            assert any(role.permits(act) for role in organisation.roles.values())


def test_what_cannot_be_taken_back_asks_for_signing_in_anew(organisation: Organisation) -> None:
    irrevocable = {"disposal.decide", "register.release", "export.run", "role.give", "role.raise"}
    assert irrevocable <= organisation.grave_acts
    assert not {"disclosure.recall", "account.close"} & organisation.grave_acts


def test_a_prefix_takes_in_what_begins_with_it_and_nothing_else(
    rulebook: Rulebook, folder: Path
) -> None:
    change(folder, "roles.yaml", "case.read, fact.read, fact.write,", "case.*, fact.read,")
    inspector = load_organisation(rulebook, folder).roles["inspector"]
    assert inspector.permits("case.open")
    assert inspector.permits("fact.read")
    assert not inspector.permits("fact.write")
    assert not inspector.permits("case")
    assert not inspector.permits("cases.open")


def test_roles_together_permit_what_one_of_them_does(organisation: Organisation) -> None:
    assert organisation.permits(["inspector", "auditor"], "oversight.read")
    assert not organisation.permits(["inspector", "auditor"], "role.give")
    assert not organisation.permits([], "case.read")
    assert not organisation.permits(["a_role_of_old_times"], "case.read")


# --- registers


def test_each_agency_writes_register_numbers_in_its_way(organisation: Organisation) -> None:
    first = {agency: series[0] for agency, series in organisation.registers.items()}
    assert set(first) == NINE
    assert first["AV"].written(2026, 12345) == "AV 2026/012345"
    assert first["AV"].pattern.format(year=2026, number=12345) == "AV 2026/012345"
    crime = organisation.series_of("PM", date(2026, 1, 1))[1]
    assert crime.written(2026, 123) == "5000-K000123-2026"


def test_a_series_is_kept_on_its_days(organisation: Organisation) -> None:
    assert organisation.series_of("ÅM", date(2022, 2, 23)) == ()
    assert len(organisation.series_of("ÅM", date(2022, 2, 24))) == 2
    assert organisation.series_of("KFM", date(2026, 1, 1)) == ()


# --- faults

CENTRES, ROLES, REGISTERS = "centres.yaml", "roles.yaml", "registers.yaml"
AV_IN_MALMO = "{agency: AV, from: 2023-12-01, to: open}"
FIRST_AV = "{agency: AV, code: main, from: 2018-01-01, to: open"
NATIONAL = "acts: [figures.read, figures.national]"
BROKEN = {
    "a field that is not known": (
        CENTRES, "city: Umeå", "town: Umeå", "centres[0]", ["town"]),
    "a list that is missing": (ROLES, "\nroles:", "\nrolls:", "roles", ["a list named roles"]),
    "an agency that does not exist": (
        CENTRES, "agency: AF,", "agency: AFF,", "centres[0].members[0].agency", ["AF?"]),
    "a centre that closes before it opens": (
        CENTRES, "2023-11-14\n    closed: open", "2023-11-14\n    closed: 2023-01-01",
        "centres[5].closed", ["backwards"]),
    "an opening that is no day": (
        CENTRES, "opened: 2023-11-14", "opened: november", "centres[5].opened", ["november"]),
    "an opening that is never certain": (
        CENTRES, "opened: 2023-11-14", "opened: unknown", "centres[5].opened", ["certain"]),
    "a membership that runs backwards": (
        CENTRES, AV_IN_MALMO, "{agency: AV, from: 2023-12-01, to: 2023-11-01}",
        "centres[6].members[1].to", ["backwards"]),
    "a membership before the centre opens": (
        CENTRES, AV_IN_MALMO, "{agency: AV, from: 2022-12-01, to: open}",
        "centres[6].members[1].from", ["opens 2023-12-01"]),
    "an agency twice in a centre": (
        CENTRES, AV_IN_MALMO, "{agency: AF, from: 2024-12-01, to: open}",
        "centres[6].members[1].from", ["already takes part"]),
    "a member outside the cooperation": (
        CENTRES, AV_IN_MALMO, "{agency: KFM, from: 2023-12-01, to: open}",
        "centres[6].members[1].from", ["KFM", "nine_agencies"]),
    "a centre twice": (CENTRES, "code: malmo", "code: umea", "centres[6].code", ["twice"]),
    "a code of other letters": (
        CENTRES, "code: malmo", "code: Malmö", "centres[6].code", ["small letters"]),
    "a county that does not exist": (
        CENTRES, "[Skåne,", "[Skane,", "centres[6].counties[0]", ["Skåne?"]),
    "a county in two centres": (
        CENTRES, "[Skåne,", "[Uppsala,", "centres[6].counties[0]", ["uppsala", "one centre"]),
    "a county twice in a centre": (
        CENTRES, "[Skåne, Blekinge,", "[Skåne, Skåne,", "centres[6].counties[1]", ["twice"]),
    "a centre without counties": (
        CENTRES, "[Stockholm, Gotland]", "[]", "centres[5].counties", ["at least one"]),
    "a county listed twice": (CENTRES, "name: Gotland}", "name: Skåne}", "counties[9].name",
        ["twice"]),
    "a county code of three digits": (CENTRES, '"09"', '"009"', "counties[7].code", ["two digits"]),
    "an empty name": (CENTRES, "city: Umeå", "city: ' '", "centres[0].city", ["is empty"]),
    "a role twice": (ROLES, "code: inspector", "code: auditor", "roles[8].code", ["twice"]),
    "an act that does not exist": (
        ROLES, "[case.read, fact.read, fact.write,", "[case.reed, fact.read, fact.write,",
        "roles[2].acts[0]", ["case.reed", "case.read?"]),
    "a prefix that takes in nothing": (
        ROLES, "[case.read, fact.read, fact.write,", "[cases.*, fact.read, fact.write,",
        "roles[2].acts[0]", ["cases.*"]),
    "all acts at once": (
        ROLES, NATIONAL, "acts: ['*']", "roles[5].acts[0]", ["is no act"]),
    "an act twice in a role": (
        ROLES, NATIONAL, "acts: [figures.read, figures.read]", "roles[5].acts[1]",
        ["already permitted"]),
    "an act beside its prefix": (
        ROLES, NATIONAL, "acts: [figures.read, figures.*]", "roles[5].acts[0]",
        ["already permitted"]),
    "an act that the role cannot see": (
        ROLES, NATIONAL, "acts: [figures.read, case.read]", "roles[5].acts[1]",
        ["cases or protection"]),
    "a level that does not exist": (
        ROLES, "reads: []", "reads: [everything]", "roles[5].reads[0]", ["everything"]),
    "a level twice": (ROLES, "reads: []", "reads: [cases, cases]", "roles[5].reads[1]", ["twice"]),
    "people and cases in one role": (
        ROLES, "reads: [people]", "reads: [people, cases]", "roles[7].reads", ["two roles"]),
    "protection and cases in one role": (
        ROLES, "reads: [protection]", "reads: [protection, cases]", "roles[6].reads",
        ["two roles"]),
    "a role that one person gives and that sees the log": (
        ROLES, "reads: [log, people]\n    grave_for_raise: true",
        "reads: [log, people]\n    grave_for_raise: false", "roles[8].grave_for_raise",
        ["log and people", "two persons"]),
    "an act listed twice": (ROLES, "code: case.close,", "code: case.open,", "acts[5].code",
        ["twice"]),
    "an act that nobody may do": (
        ROLES, "code: case.close,", "code: case.burn,", "acts[5].code", ["no role"]),
    "an act without a how": (
        ROLES, "code: case.close,", "code: case,", "acts[5].code", ["is no act"]),
    "a second person's act that does not exist": (
        ROLES, "second: role.second", "second: role.secund", "acts[47].second", ["role.second?"]),
    "a person who agrees with themselves": (
        ROLES, "second: role.second", "second: role.raise", "acts[47].second", ["themselves"]),
    "a second act that takes two": (
        ROLES, "second: role.second", "second: account.recover", "acts[47].second",
        ["takes two persons itself"]),
    "a register of an agency that does not exist": (
        REGISTERS, "{agency: FK,", "{agency: FFK,", "series[4].agency", ["FK?"]),
    "a series twice": (
        REGISTERS, "{agency: EBM, code: crime", "{agency: EBM, code: main", "series[3].code",
        ["twice"]),
    "a series that ends before it begins": (
        REGISTERS, FIRST_AV, FIRST_AV.replace("open", "2017-01-01"), "series[1].to",
        ["backwards"]),
    "an agency without a register": (
        REGISTERS, FIRST_AV, FIRST_AV.replace("2018-01-01", "2019-01-01"), "series",
        ["AV keeps no register on 2018-01-01"]),
    "a pattern without a number": (
        REGISTERS, "AV {year}/{number:06d}", "AV {year}", "series[1].pattern", ["{number}"]),
    "a pattern with more in it": (
        REGISTERS, "AV {year}/", "AV {day}/{year}/", "series[1].pattern", ["nothing else"]),
    "a pattern that reaches into its values": (
        REGISTERS, "AV {year}/", "AV {year.real}/", "series[1].pattern", ["nothing else"]),
    "a pattern that turns its values about": (
        REGISTERS, "AV {year}/", "AV {year!r}/", "series[1].pattern", ["nothing else"]),
    "a pattern that writes years of another width": (
        REGISTERS, "AV {year}/", "AV {year:02d}/", "series[1].pattern", ["nothing else"]),
    "a pattern of endless width": (
        REGISTERS, "AV {year}/{number:06d}", "AV {year}/{number:0999999999d}", "series[1].pattern",
        ["nothing else"]),
    "a pattern with an open brace": (
        REGISTERS, "AV {year}/", "AV {year/", "series[1].pattern", ["nothing else"]),
    "two series that write the same number": (
        REGISTERS, "EB-{number:06d}-{year}", "EBM {year}-{number:06d}", "series[3].pattern",
        ["same number as main of EBM"]),
    "a series that also writes what another does": (
        REGISTERS, "EB-{number:06d}-{year}", "EBM {year}-{number}", "series[3].pattern",
        ["same number as main of EBM"]),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "field", "said"), BROKEN.values(), ids=BROKEN.keys()
)
def test_a_fault_names_file_line_field_and_what_was_expected(
    rulebook: Rulebook, folder: Path, name: str, old: str, new: str, field: str, said: list[str]
) -> None:
    change(folder, name, old, new)
    faults = faults_in(rulebook, folder)
    about = [fault for fault in faults if fault.field == field]
    assert about, f"nothing is said of {field}, but: {[str(fault) for fault in faults]}"
    assert about[0].file == folder / "organisation" / name
    for words in said:
        assert words in str(about[0])


def test_a_fault_stands_on_the_line_of_its_field(rulebook: Rulebook, folder: Path) -> None:
    line = change(folder, CENTRES, AV_IN_MALMO, "{agency: AVV, from: 2023-12-01, to: open}")
    (fault,) = faults_in(rulebook, folder)
    assert fault.line == line
    assert fault.field == "centres[6].members[1].agency"


def test_a_centre_without_members_is_a_fault(rulebook: Rulebook, folder: Path) -> None:
    path = folder / "organisation" / CENTRES
    text = path.read_text(encoding="utf-8")
    head, _ = text.rsplit("    members:\n", 1)
    path.write_text(f"{head}    members: []\n", encoding="utf-8")
    (fault,) = faults_in(rulebook, folder)
    assert fault.field == "centres[6].members"
    assert "at least one" in fault.expected


def test_all_faults_are_told_at_once(rulebook: Rulebook, folder: Path) -> None:
    change(folder, CENTRES, "code: malmo", "code: umea")
    change(folder, ROLES, "reads: [people]", "reads: [people, cases]")
    change(folder, REGISTERS, "AV {year}/{number:06d}", "AV {year}")
    told = {fault.file.name for fault in faults_in(rulebook, folder)}
    assert told == {CENTRES, ROLES, REGISTERS}


def test_a_file_that_is_not_there_is_told_once(rulebook: Rulebook, folder: Path) -> None:
    (folder / "organisation" / ROLES).unlink()
    (fault,) = faults_in(rulebook, folder)
    assert fault.file.name == ROLES
    assert "cannot be read" in fault.expected


def test_a_rulebook_without_the_cooperation_is_a_fault(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(packaged_folder(), tmp_path / "se"))
    circles = copy / "circles.yaml"
    text = circles.read_text(encoding="utf-8")
    circles.write_text(text.replace("code: nine_agencies", "code: nine"), encoding="utf-8")
    with pytest.raises(FaultyFiles, match="no circle nine_agencies"):
        load_organisation(folder=copy)
