"""Every delay of the window, in one table."""

PREVIEW_DELAY_MS = 60  # from a key to the request for a new preview
TELLING_SHARE = 30  # times as long as telling a new text takes is waited before it, where that is longer
FIRST_PAGE_WAIT_MS = 30  # at most, for what the library adds to a note that is opened
OLD_PAGE_MS = 150  # that the page of the note before may stay while the new one is made
HOVER_MS = 350  # that the pointer rests on a link before its card comes
NODE_CARD_MS = 220  # that the pointer rests on a node of the graph before its card comes
TYPE_AHEAD_MS = 1_000  # after a letter before the next one begins another name in the graph
CONTEXT_DELAY_MS = 350  # of rest after a key before the library is asked for what the text names
SAVE_DELAY_MS = 1_000  # of rest before a save
SAVE_AT_MOST_MS = 3_000  # while typing goes on
SEARCH_DELAY_MS = 30  # from a key in the search field to the quick results
FULL_SEARCH_DELAY_MS = 120  # of rest before the ranked search
OPERATOR_DELAY_MS = 250  # of rest before the operators that a word may become are offered
RECENT_REST_MS = 2_000  # of rest after which a search that found something counts as a recent one
LINKS_DELAY_MS = 150  # before the panels beside a newly opened note fill
HEALTH_REST_MS = 1_500  # after a change before the health of the links is looked at anew
LINKS_REST_MS = 2_000  # after a save that only moved the open note's links
GRAPH_FILTER_MS = 250  # of rest before the graph of the library is filtered anew
BUILD_REST_MS = 400  # after a key before a long page is built on and a graph moves on
INDEX_DELAY_MS = 400  # after a save before the index process is asked to catch up
SPELLING_REST_MS = 500  # of rest before the words that are seen are checked
REHEADED_REST_MS = 1_500  # of rest after a heading was reworded before its links are offered to follow
LOOKING_DELAY_MS = 200  # of reading a note's links before the panel says that it is still looking
STATE_DELAY_MS = 800  # after a change of the layout before it is stored
NOTICE_MS = 9_000  # how long a notice that asks for nothing stays
