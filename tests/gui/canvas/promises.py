"""What people who live in node editors expect of a canvas, and the tests that show each of it.

A promise is kept by mouse and by keys where both make sense; `missing` says what is not there yet.
Tests are named from this folder, or from `tests/` where they lie elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

_ADDING, _WIRES = "test_canvas_adding.py::", "test_canvas_wires.py::"
_OFF, _KEY_WIRES = "test_canvas_taking_off.py::", "test_canvas_key_wires.py::"
_MOVING, _BLOCKS = "test_canvas_moving.py::", "test_canvas_blocks.py::"
_ARRANGING, _GUIDES = "test_canvas_arranging.py::", "test_canvas_guides.py::"
_NOTES, _DOTS = "test_canvas_notes.py::", "test_canvas_dots.py::"
_FACTS, _SHOWING = "test_canvas_wire_facts.py::", "test_canvas_showing.py::"
_MENUS, _BAR = "test_canvas_menus.py::", "gui/test_menus.py::"
_FOLDING = "test_canvas_folding.py::"
_WINDOW_BLOCKS = "gui/test_window_blocks.py::"
_PROBLEMS = "gui/test_explaining.py::"
_OVERLAYS = "gui/test_overlaying.py::"
_PROBES = "gui/test_probes.py::"
_VALUES = "gui/test_evaluation.py::"
_SETTINGS, _HISTORY = "test_canvas_settings.py::", "gui/test_history.py::"


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence, and what acts it out."""

    words: str
    by_mouse: tuple[str, ...] = ()
    by_keys: tuple[str, ...] = ()
    to_see: tuple[str, ...] = ()
    missing: str = ""


PROMISES = {
    "Add": (
        Promise("Drag from the palette.",
                (_ADDING + "test_drop_from_the_palette_adds_a_node_on_the_grid_and_selects_it",
                 _ADDING + "test_drops_on_the_same_spot_never_lie_on_each_other")),
        Promise("Tab or double-click: search at the cursor, Enter places.",
                (_ADDING + "test_double_click_on_paper_searches_there",),
                (_ADDING + "test_tab_searches_and_enter_places",)),
        Promise("Subsequence match, ranked by use, one line of help.",
                (), (_ADDING + "test_the_search_matches_ranks_by_use_and_helps",),
                (_ADDING + "test_subsequence_match_and_rank_by_use",)),
        Promise("Drag a wire into empty space: the kinds that fit, wired on choice.",
                (_ADDING + "test_a_wire_dropped_into_empty_space_asks_for_what_fits",
                 _ADDING + "test_backwards_into_empty_space_lists_only_what_has_an_output"),
                (_KEY_WIRES + "test_space_asks_for_a_new_node_that_fits_and_wires_it",)),
        Promise("Shift+Enter appends to the selected node.",
                (), (_ADDING + "test_shift_enter_hangs_the_node_on_the_selected_one",)),
        Promise("Drop a file to get the right node or graph.",
                (_ADDING + "test_dropped_files_are_told",
                 "gui/test_files.py::test_a_dropped_project_opens",
                 "gui/test_files.py::test_a_dropped_table_becomes_the_data",
                 "gui/test_drops.py::"
                 "test_a_dropped_folder_of_images_becomes_data_and_a_dataset_there_as_one_change",
                 "gui/test_drops.py::test_files_dropped_beside_the_canvas_are_all_taken",
                 "journeys/test_dropped_files.py::"
                 "test_files_are_dragged_in_from_another_program",
                 "gui/test_user_modules.py::test_a_dropped_file_of_one_class_becomes_a_node"),
                missing=".pt and .onnx become a sentence: there is no importer for them."),
    ),
    "Wire": (
        Promise("Ports that don't fit dim during a drag.",
                (_WIRES + "test_ports_that_do_not_fit_are_dimmed_during_a_drag",
                 _WIRES + "test_a_dimmed_port_says_why_it_does_not_fit"),
                (_KEY_WIRES + "test_arrows_choose_among_the_ports_that_fit",)),
        Promise("A wire snaps to the nearest port that fits.",
                (_WIRES + "test_the_wire_snaps_to_the_nearest_port_that_fits",)),
        Promise("Drop a node on a wire to insert it, neighbours shift aside; Alt turns that off.",
                (_ADDING + "test_drop_on_a_wire_inserts_the_node_and_makes_room",
                 _WIRES + "test_a_lone_node_dropped_on_a_wire_goes_into_it",
                 _OFF + "test_a_dropped_chain_goes_into_a_wire_as_a_whole",
                 _WIRES + "test_alt_keeps_a_dropped_node_out_of_the_wire"),
                (_KEY_WIRES + "test_what_is_searched_with_a_wire_selected_goes_into_it",)),
        Promise("Delete heals the wire where shapes allow (Ctrl+Delete: without healing).",
                (_MENUS
                 + "test_delete_and_join_of_the_menu_heals_the_wire_and_delete_does_not",),
                (_WIRES + "test_delete_heals_the_wire",
                     _OFF + "test_delete_heals_every_branch_behind_a_node",
                     _OFF + "test_delete_does_not_heal_where_the_ends_do_not_fit",
                     _WIRES + "test_control_delete_does_not_heal")),
        Promise("Shake to detach.",
                (_OFF + "test_shaken_while_dragged_a_node_comes_off_its_wires_which_heal",),
                (_OFF + "test_alt_d_takes_the_selected_nodes_off_their_wires",)),
        Promise("Drag a wire's end elsewhere.",
                (_WIRES + "test_drag_a_wires_end_to_another_port",
                 _WIRES + "test_drag_a_wires_end_into_empty_space_detaches",
                 _OFF + "test_a_wire_is_taken_off_where_it_begins_too"),
                (_KEY_WIRES + "test_a_wires_end_is_put_elsewhere_by_keys_as_one_change",
                 _KEY_WIRES + "test_tab_takes_the_other_end_of_a_wire_and_escape_leaves_it")),
        Promise("Several selected nodes into one merge at once.",
                (_KEY_WIRES + "test_several_selected_nodes_go_into_one_merge_at_once_by_mouse",),
                (_KEY_WIRES + "test_several_selected_nodes_go_into_one_merge_at_once_by_keys",)),
        Promise("Alt+S swaps inputs.",
                (_MENUS + "test_swap_inputs_of_the_menu",),
                (_ARRANGING + "test_alt_s_swaps_the_first_two_inputs",)),
        Promise("Dots on wires to route them.",
                (_DOTS + "test_dots_on_wires_a_double_click_puts_one_there",
                 _DOTS + "test_dots_on_wires_alt_click_puts_one_and_alt_drag_leads_it"),
                (_DOTS + "test_dots_by_keys_put_moved_and_taken_off",)),
        Promise("Hover a wire: shape, dtype, last value's statistics.",
                (_FACTS + "test_hover_a_wire_shape_dtype_and_last_values_statistics",),
                (_FACTS + "test_a_selected_wire_says_by_keys_what_hovering_it_says",
                 _VALUES + "test_evaluate_once_looks_into_the_block_that_is_dived_into",
                 _VALUES + "test_when_a_run_is_over_its_last_weights_are_looked_at")),
        Promise("A probe on a wire shows its values and gradients while a run trains.",
                (_PROBES + "test_a_click_shuts_and_opens_the_card_and_a_hand_moves_it",
                 _PROBES + "test_a_probe_is_put_and_taken_off_by_the_menu"),
                (_PROBES + "test_a_probe_lies_on_its_wire_and_its_card_covers_no_other",),
                (_PROBES + "test_what_is_seen_is_shown_and_said",
                 _PROBES + "test_a_run_looks_at_what_has_a_probe")),
    ),
    "Arrange": (
        Promise("Grid snap and alignment guides.",
                (_GUIDES + "test_grid_snap_and_alignment_guides_by_edges",
                 _GUIDES + "test_alignment_guides_by_middles",
                 _GUIDES + "test_equal_gaps_snap_and_are_told"),
                (_MOVING + "test_control_arrows_nudge_by_a_grid_step",)),
        Promise("Align and distribute.",
                (_BAR + "test_the_menu_bar_aligns_and_distributes",),
                (_ARRANGING + "test_selected_cards_are_aligned_as_one_change",
                 _ARRANGING + "test_gaps_are_made_equal_by_keys")),
        Promise("Layout of all or of the selection as one change.",
                (_MENUS + "test_tidy_up_of_the_menu_lays_out_all_as_one_change",
                 _MENUS + "test_the_menu_lays_out_from_top_to_bottom",
                 _MENUS + "test_tidy_up_selection_of_the_menu_leaves_the_others"),
                (_MOVING + "test_l_tidies_up_as_one_change",
                 _ARRANGING + "test_alt_l_lays_out_from_top_to_bottom_as_one_change",
                 _ARRANGING + "test_only_the_selection_is_tidied")),
        Promise("Pin a node.",
                (_MENUS + "test_pin_of_the_menu_keeps_a_node_where_it_is",),
                (_ARRANGING + "test_tidying_leaves_pinned_nodes_and_covers_none",)),
        Promise("Alt-drag or Ctrl+D duplicates.",
                (_ARRANGING + "test_alt_drag_leaves_a_copy_behind_and_escape_none",),
                (_ADDING + "test_cut_and_duplicate",)),
        Promise("Paste with or without outer wires.",
                (_BAR + "test_the_menu_bar_pastes_with_outer_wires",),
                (_ARRANGING + "test_paste_with_outer_wires_brings_what_feeds_the_nodes",)),
        Promise("Copy across windows.",
                (), ("gui/test_windows.py::test_copies_carry_their_blocks_to_another_window",
                     "journeys/test_two_projects.py::"
                     "test_what_is_copied_in_one_window_is_pasted_in_another")),
        Promise("The clipboard is text.",
                (), (_ADDING + "test_copy_and_paste_through_text",
                     _ARRANGING + "test_pasted_code_becomes_nodes_or_is_told_with_its_line")),
    ),
    "Structure": (
        Promise("Ctrl+G makes a block with its own ports.",
                (_MENUS + "test_a_block_is_made_of_the_menu_and_unpacked_again",),
                (_BLOCKS + "test_ctrl_g_makes_a_block_and_asks_its_name",)),
        Promise("Exposed params (pick, rename, reorder).",
                ("gui/test_window_blocks.py::test_a_param_is_exposed_by_a_click",
                 "gui/test_window_blocks.py::test_the_page_of_the_definition",
                 _WINDOW_BLOCKS + "test_exposed_params_are_reordered"),
                (_WINDOW_BLOCKS + "test_a_param_is_exposed_by_keys_and_its_block_made_unique",
                 _WINDOW_BLOCKS + "test_exposed_params_are_reordered")),
        Promise("Double-click dives in, breadcrumb climbs out.",
                (_BLOCKS + "test_double_click_dives_in_and_escape_climbs_out",
                 _BLOCKS + "test_levels_are_climbed_by_click"),
                (_BLOCKS + "test_blocks_nest_by_hand",)),
        Promise("Definition and instances (“make unique”).",
                (_BLOCKS + "test_a_pasted_instance_is_made_unique",
                 _BLOCKS + "test_a_change_inside_reaches_both_instances"),
                (_WINDOW_BLOCKS + "test_a_param_is_exposed_by_keys_and_its_block_made_unique",)),
        Promise("Repeat N.",
                (_SETTINGS + "test_a_turn_is_clicked_in_the_breadcrumb",),
                (_SETTINGS + "test_a_repeated_block_shows_the_turn_that_is_asked_for",
                 _SETTINGS + "test_a_turn_is_chosen_in_the_breadcrumb")),
        Promise("Unpack.",
                (_MENUS + "test_a_block_is_made_of_the_menu_and_unpacked_again",
                 _WINDOW_BLOCKS + "test_unpacking_from_the_inspector"),
                (_BLOCKS + "test_unpacking_by_keys",)),
        Promise("Frames with titles.",
                (_NOTES + "test_a_dragged_frame_takes_what_lies_in_it_along_and_alt_leaves_it",
                 _NOTES + "test_an_edge_is_pulled_and_keys_do_the_same"),
                (_NOTES + "test_ctrl_j_frames_the_selection_and_asks_for_a_title_as_one_change",)),
        Promise("Sticky notes.",
                (_MENUS + "test_a_note_of_the_menu_is_written_where_the_mouse_is",),
                (_NOTES + "test_n_writes_a_note_and_without_words_there_is_none",
                     _NOTES + "test_shift_n_walks_through_notes_and_says_what_lies_in_them")),
        Promise("Bypass (Ctrl+B) and mute (Ctrl+M) look different.",
                (_MENUS + "test_bypass_and_mute_of_the_menu",),
                (_SETTINGS + "test_a_key_switches_on_and_off",),
                (_SETTINGS + "test_every_zoom_tells_marked_cards_from_plain_ones",)),
    ),
    "See": (
        Promise("Home frames all, F the selection.",
                (_MENUS + "test_show_everything_and_look_closer_of_the_menu",),
                (_MOVING + "test_home_shows_everything_and_f_the_selection",)),
        Promise("Minimap.",
                (_MOVING + "test_the_minimap_moves_the_view_and_can_be_hidden",
                 _BAR + "test_the_minimap_is_hidden_by_keys_and_by_menu_for_good"),
                (_BAR + "test_the_minimap_is_hidden_by_keys_and_by_menu_for_good",)),
        Promise("Level of detail with zoom.",
                (), (), (_SHOWING + "test_every_zoom_paints", "gui/canvas/test_canvas_far.py::"
                 "test_what_zooming_shows_lies_where_it_is")),
        Promise("Identical repeats fold.",
                (_FOLDING + "test_repeats_of_the_selection_are_folded_of_the_menu",),
                (_FOLDING + "test_repeats_are_folded_by_keys_as_one_change",),
                (_FOLDING + "test_the_summary_offers_to_fold",
                 _SHOWING + "test_a_repeated_block_says_how_often")),
        Promise("Badge with message on the node that has a problem.",
                (_SHOWING + "test_a_problem_has_a_badge_with_its_message_and_goes_when_mended",
                 _PROBLEMS
                 + "test_a_click_on_the_badge_tells_it_and_a_click_elsewhere_closes"),
                (_PROBLEMS + "test_f4_tells_what_is_wrong_and_enter_mends_it",
                 _PROBLEMS + "test_escape_closes_it_and_nothing_has_changed",
                 _PROBLEMS + "test_f3_goes_from_problem_to_problem_and_shows_each")),
        Promise("Overlays for shape, parameters, FLOPs, memory, time, gradient.",
                (_OVERLAYS + "test_the_legend_takes_the_overlay_off_by_mouse",
                 _OVERLAYS + "test_an_overlay_is_chosen_in_the_menu"),
                (_OVERLAYS + "test_one_overlay_at_a_time_by_keys",
                 _OVERLAYS
                 + "test_time_and_gradient_are_measured_once_and_again_after_an_edit"),
                ("test_canvas_overlays.py::test_every_overlay_writes_its_figure_on_the_cards",
                 "test_canvas_overlays.py::"
                 "test_from_afar_cards_are_painted_by_their_figures")),
    ),
    "Undo": (
        Promise("One action, one change.", (_HISTORY + "test_one_action_is_one_change",)),
        Promise("Drags and typing bursts fold.",
                (_HISTORY + "test_a_drag_folds_into_one_change",),
                (_HISTORY + "test_a_burst_of_typing_folds_into_one_change",
                 _MOVING + "test_a_held_nudge_is_one_change_however_long")),
        Promise("Selection isn't history.", (_HISTORY + "test_selection_is_not_history",)),
        Promise("A history list with names.",
                (_HISTORY + "test_a_click_goes_to_a_change_and_back",),
                (_HISTORY + "test_keys_walk_the_list_and_enter_goes_there",)),
        Promise("Text fields own their undo.",
                (), (_HISTORY + "test_text_fields_own_their_undo",)),
    ),
    "Keyboard": (
        Promise("Focus follows the graph, arrows walk along wires.",
                (), (_MOVING + "test_arrows_walk_along_wires_and_between_siblings",
                     _SHOWING + "test_the_spoken_order_follows_the_graph")),
        Promise("Enter starts and ends a wire.",
                (), (_KEY_WIRES
                     + "test_enter_starts_a_wire_to_the_next_free_port_and_enter_ends_it",
                     "journeys/test_keys_alone.py::"
                     "test_digits_cnn_is_drawn_trained_and_exported_by_keys_alone")),
        Promise("Every command in a palette (Ctrl+Shift+P) with its shortcut.",
                (), ("gui/test_shortcuts.py::"
                     "test_every_command_is_in_the_palette_with_its_shortcut",)),
        Promise("Screen readers hear “Conv2d conv1, 64 x 16 x 16, feeds Add 3”.",
                to_see=(_SHOWING
                 + "test_screen_readers_hear_conv2d_conv1_64_x_16_x_16_feeds_add_3",)),
    ),
}  # fmt: skip
