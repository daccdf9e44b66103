"""Answers that the cells of the table of open statements say."""

from pages.statements.early_answers import read_answers
from store.imports.questions.early_answers import CITY, EarlyAnswer
from tests.reports.statements.made import BUILT

LABELS = {"": "Như đã đọc", CITY: "Toàn thành phố", "P-1": "Cầu Bến Mây"}
WORDS = {"later": "Để sau", "accept": "Đúng", "refused": "Sai"}


def test_what_is_answered_is_kept_with_the_item_chosen_and_the_rest_waits() -> None:
    questions = [(key, BUILT) for key in "abcd"]
    items = ["Cầu Bến Mây", "Toàn thành phố", "Như đã đọc", "Cầu Bến Mây"]
    answers = ["Đúng", "Đúng", "Sai", "Để sau"]
    names = {"P-1": "Cầu Bến Mây"}
    read = read_answers(questions, items, answers, labels=LABELS, words=WORDS, names=names)
    assert read == {
        "a": EarlyAnswer("accept", "P-1", "Cầu Bến Mây"),
        "b": EarlyAnswer("accept", CITY),
        "c": EarlyAnswer("refused"),
    }
