from samverkan_desktop.domain.draft import Attachment, DecisionGroup, Draft, Section
from samverkan_desktop.domain.text import BulletList, Image, ListItem, Quote, paragraph

NESTED = Quote((BulletList((ListItem((Image("karta.png", "karta"),)),)),))


def test_all_blocks_are_the_decision_and_then_the_sections():
    one, two, three = paragraph("ett"), paragraph("två"), paragraph("tre")
    draft = Draft(
        template="prov",
        title="Prov",
        decision=(DecisionGroup(items=((one,), (two,))),),
        sections=(Section(key="a"), Section(key="b", content=(three, NESTED))),
    )
    assert draft.all_blocks() == (one, two, three, NESTED)


def test_files_are_those_of_nested_images_and_attachments():
    draft = Draft(
        template="prov",
        title="Prov",
        decision=(DecisionGroup(items=((Image("beslut.png", "plan"),),)),),
        sections=(Section(key="a", content=(NESTED,)),),
        attachments=(Attachment(title="Avtal", file="avtal.pdf"), Attachment(title="På papper")),
    )
    assert draft.file_names() == {"beslut.png", "karta.png", "avtal.pdf"}
    assert Draft(template="prov", title="Prov").file_names() == frozenset()


def test_a_section_is_empty_until_something_is_written_or_ruled_out():
    assert Section(key="a").is_empty
    assert Section(key="a", heading="Rubrik", content=(paragraph(" "),)).is_empty
    assert not Section(key="a", content=(NESTED,)).is_empty
    assert not Section(key="a", not_applicable="").is_empty
