"""The items that a sentence may be about are offered by how like their names are."""

from layers.statement_view.subject_ranking import rank_items

NAMES = {
    "KP-1": "Dự án đầu tư xây dựng cầu Tân Hợp vượt sông Lạch",
    "KP-2": "Xây dựng đường Lạch Huyền 2",
    "KP-3": "Trường trung học phổ thông Minh Hoa",
}


def test_a_name_that_is_part_of_a_known_one_comes_first() -> None:
    first, *_ = rank_items("cầu Tân Hợp", "", NAMES)
    assert (first.item, first.near) == ("KP-1", False)
    assert first.score > 0.9


def test_a_name_that_shares_a_word_is_no_likely_item() -> None:
    assert all(one.score < 0.72 for one in rank_items("đường Lạch Bàng", "", NAMES))


def test_a_sentence_without_a_name_is_about_what_stands_near_it() -> None:
    context = "Cầu Tân Hợp vượt sông Lạch đã xong. Còn 5 hộ chưa bàn giao."
    (first,) = rank_items("", context, NAMES)
    assert (first.item, first.near) == ("KP-1", True)


def test_the_item_that_it_was_taken_for_is_first_and_of_many_the_best_are_kept() -> None:
    assert rank_items("trường học", "", NAMES, known="KP-3")[0].score == 1.0
    many = {f"I-{number}": f"cầu Tân Hợp {number}" for number in range(40)}
    assert len(rank_items("cầu Tân Hợp", "", many)) == 8
    assert rank_items("", "", NAMES) == []
