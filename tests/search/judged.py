"""The judged set: queries with the notes that answer them, chosen by hand.

The notes are those of the corpus (lectures, digests, seeds) and of `notes/` beside this file. A note is named by the
end of its path in the library, long enough to be the only one. Where several notes answer, all of them are listed
that a fair reader would accept; `section` is the heading under which the first of them answers.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with what it should find."""

    kind: str
    query: str
    expected: tuple[str, ...] = ()  # none: nothing is to be found
    section: str = ""


def _set(kind: str, lines: str) -> tuple[Judged, ...]:
    """Read lines of the form `query => note; note @ section`; a line that begins with a semicolon goes on."""
    found = []
    for line in lines.strip().replace("\n    ;", ";").splitlines():
        query, _arrow, rest = line.partition(" => ")
        names, _at, section = rest.partition(" @ ")
        expected = tuple(name.strip() for name in names.split(";") if name.strip())
        found.append(Judged(kind, query.strip(), expected, section.strip()))
    return tuple(found)


FORMS = _set(
    "form",
    """
стейкхолдер => seeds/lecture; Переговоры
квантилей => girafe-prerequisites; seeds/lecture
дисперсией => girafe-prerequisites @ Ru:
коллизия => ru/hash-table
цепочками => ru/hash-table; prompt-fewshot; ru/prompt-react; prompt-tot; seam-carving
вершинами => ru/graph; ru/heap
рёбер => ru/graph; ru/trie; seam-carving
дереву => ru/trie; prompt-tot; Ботаника; ru/heap; seam-carving; Snowflake lab (long)
массивами => ru/bloom-filter; ru/hash-table; ru/linked-list; ru/priority-queue; seam-carving; ru/trie
пикселю => seam-carving
рассуждениями => ru/prompt-react; prompt-fewshot; prompt-tot; ru/prompt-basics; ru/prompt-mixtral
коммитами => Git-101; Шпаргалка по Git
веткам => Git-101; Шпаргалка по Git; Версии и выпуски; girafe-README
вакансиями => модуль 1; модуль 3; модуль 4; модуль 5; модуль 6
собеседованиям => Guide; модуль 2; модуль 3; модуль 4; модуль 6
дашбордом => Guide; модуль 1; модуль 2; модуль 3; модуль 4; модуль 6; seeds/digest
протоколом => Сети и протоколы; Переговоры; модуль 5
токенами => ru/prompt-mixtral
индексов => ru/hash-table; ru/graph; Инструменты недели
потоковая => seeds/digest
резюмировать тренд потоковых данных => seeds/digest
collision => en/hash-table; ru/hash-table
heaps => en/heap; en/priority-queue; ru/heap; ru/priority-queue; lwkd-2022; Gardening club; Языки программирования
traversing => en/linked-list; en/doubly-linked-list; ru/linked-list; ru/doubly-linked-list; seam-carving
deprecating => lwkd-2020; lwkd-2022; lwkd-2024; lwkd-2025
gateways => ipfs-011; ipfs-031; lwkd-2024; lwkd-2025; модуль 5
hallucinations => en/prompt-react; prompt-papers
calibrating => Model evaluation; prompt-papers @ Calibration
hypothesis testing => Papers of autumn
probes => Deploying containers @ Probes
""",
)

SUPPLETION = _set(
    "suppletion",
    """
ошибка => Ошибки измерений; Надёжность сервиса; seeds/lecture; ru/bloom-filter; ru/prompt-react; модуль 4
    ; модуль 5; Snowflake lab (long)
ошибок => Ошибки измерений; Надёжность сервиса; seeds/lecture; ru/bloom-filter; ru/prompt-react; модуль 4
    ; модуль 5; Snowflake lab (long)
день => Расписание дня; Git-101; Snowflake lab (long); модуль 4; seeds/digest; Музыка и акустика
днями => Расписание дня; Git-101; Snowflake lab (long); модуль 4; seeds/digest; Музыка и акустика
человек => Детский сад и школа; Версии и выпуски; Git-101; ru/hash-table; ru/prompt-react; Guide; модуль 1
    ; модуль 2; модуль 3; модуль 5
люди => Детский сад и школа; Версии и выпуски; Git-101; ru/hash-table; ru/prompt-react; Guide; модуль 1; модуль 2
    ; модуль 3; модуль 5
ребёнок => Детский сад и школа
детей => Детский сад и школа
шов => seam-carving
корней => Ботаника; Версии и выпуски; Ошибки измерений; ru/trie
звезда => Кластеры и группы; Guide; модуль 4; модуль 6
окон => Snowflake lab (long); ru/prompt-mixtral
яиц => Пирог с яблоками
писать => Ошибки измерений; Версии и выпуски; Надёжность сервиса; Стили цитирования; seam-carving; модуль 2
    ; модуль 3; модуль 6; модуль 7
идти => Поездка в Карелию; seeds/lecture; seam-carving
шестилетние дети => Детский сад и школа
child => Click house on a farm
mouse => Click house on a farm; Gardening club
goose => Click house on a farm; Gardening club
woman => Gardening club
vertex => Graph algorithms in practice; en/graph; seeds/digest
vertices => Graph algorithms in practice; en/graph; seeds/digest
forget => Editing diary
buying => Finance 101
wrote => Editing diary; Click house on a farm; awesome; prompt-papers; prompt-readings; en/prompt-mixtral
    ; ru/prompt-mixtral; prompt-tot; en/prompt-basics; en/prompt-react; ipfs-110; lwkd-2024
write chapter => Editing diary
understand panic => Finance 101
""",
)

DERIVATION = _set(
    "derivation",
    """
кластеризация => Snowflake lab (long); Кластеры и группы
моделированию => Моделирование очередей
evaluator => Model evaluation; prompt-papers; en/prompt-mixtral; en/prompt-react; модуль 3
evaluating classifiers => Model evaluation
containerize => Deploying containers
перебазировать => Шпаргалка по Git
вероятностный => ru/bloom-filter; girafe-prerequisites; seam-carving
акустический => Музыка и акустика
ботанический => Ботаника
протокольный => Сети и протоколы; Переговоры; модуль 5
индексация => Инструменты недели; ru/hash-table; ru/graph
токенизация => ru/prompt-mixtral
цитировать => Стили цитирования
диакритический => Диакритика
""",
)

MIXED = _set(
    "mixed",
    """
MLOps-инструменты => seeds/digest; Инструменты недели
mlops => seeds/digest; seeds/lecture; Инструменты недели
click house => Click house on a farm; Колоночные базы; seeds/digest; модуль 4
ClickHouse => Колоночные базы; seeds/digest; модуль 4; Click house on a farm
clickhouse => Колоночные базы; seeds/digest; модуль 4; Click house on a farm
A/B тест => Проверка гипотез; seeds/lecture
A/B => Проверка гипотез; seeds/lecture
snake_case => Snake case and friends
camelCase => Snake case and friends
camel case => Snake case and friends
max_retry_count => Snake case and friends
C++ => Языки программирования; awesome
C# => Языки программирования; awesome
F# => Языки программирования
.NET => Языки программирования; awesome
99.999% => seeds/lecture; Надёжность сервиса
99.95 => Надёжность сервиса
2.14.3 => Версии и выпуски
192.168.0.1 => Сети и протоколы
1.31 => lwkd-2024
I/O => Сети и протоколы; awesome @ I/O и задержка
TCP/IP => Сети и протоколы
node.js => awesome; ipfs-070
k-means => Кластеры и группы
какой-нибудь стиль => Стили цитирования
Артемов => Стили цитирования
емкость => Поездка в Карелию @ Что взять
тёмная вода => Поездка в Карелию
résumé => Диакритика
йогурт => Диакритика
замок => Диакритика
Zürich => Диакритика
機械学習 => 日本語のメモ @ 機械学習
検索 => 日本語のメモ
分布式 => ipfs-051
Uint8ClampedArray => seam-carving
powerbi => Guide; Snowflake lab (long); модуль 3; модуль 1; модуль 6; Learning resources
t-test => seeds/lecture
GPT-4 => en/prompt-basics; prompt-readings
""",
)

CODE = _set(
    "code",
    """
git rebase => Шпаргалка по Git
git stash => Шпаргалка по Git
git checkout HEAD~1 => Git-101
kubectl rollout undo => Deploying containers
docker-compose.yml => модуль 7
initialize_agent => en/prompt-react; ru/prompt-react
celsius_to_fahrenheit => en/prompt-mixtral; ru/prompt-mixtral
max_insert_threads => Колоночные базы @ MergeTree
parse_config_file => Snake case and friends
heap_sort => Языки программирования
"java -version" => How to Spark
pip install langchain => en/prompt-react; ru/prompt-react
end_station_id => Snowflake lab (long)
.gitignore => Версии и выпуски; Инструменты недели
std::vector => Языки программирования
ReverseTraversal => en/doubly-linked-list; ru/doubly-linked-list; en/linked-list; ru/linked-list
""",
)

PHRASES = _set(
    "phrase",
    """
"очередь с приоритетом" => ru/priority-queue; ru/heap
"priority queue" => en/priority-queue; ru/priority-queue
"edit distance" => en/levenshtein-distance
"binary search tree" => en/trie
"связный список" => ru/linked-list; ru/doubly-linked-list; ru/hash-table; ru/priority-queue
"машинное обучение" => seeds/lecture; Learning resources; модуль 7
"условная вероятность" => girafe-prerequisites @ Ru:
"теорема Байеса" => girafe-prerequisites
"динамическое программирование" => seam-carving
"нулевая гипотеза" => Проверка гипотез
"бюджет ошибок" => Надёжность сервиса
"data lake" => модуль 1; модуль 5; модуль 6
"tree of thoughts" => prompt-tot; prompt-papers
"векторных баз" => seeds/digest
"shortest path" => Graph algorithms in practice
"distance edit" => en/levenshtein-distance
"множественные сравнения" => Проверка гипотез @ Множественные сравнения
""",
)

TYPOS = _set(
    "typo",
    """
стейкхолдреы => seeds/lecture; Переговоры
пикслей => seam-carving
дисперися => girafe-prerequisites
levenstein => en/levenshtein-distance
snowflkae => Snowflake lab (long); модуль 6
redshfit => модуль 6
kubernets => lwkd-2018; lwkd-2020; lwkd-2021; lwkd-2022; lwkd-2024; lwkd-2025; awesome; ipfs-110
priorty queue => en/priority-queue; ru/priority-queue
комитами => Git-101; Шпаргалка по Git
фильтр блюма => ru/bloom-filter
колизия => ru/hash-table
гербрий => Ботаника
портоколы => Сети и протоколы; Переговоры; модуль 5
evalution => Model evaluation; prompt-papers; en/prompt-mixtral; en/prompt-react; модуль 3
calibartion => Model evaluation; prompt-papers
карлеия => Поездка в Карелию
маршрутизтора => Сети и протоколы
приоретет => ru/priority-queue; ru/heap; Guide; модуль 3
hackaton => awesome; ipfs-070
databrics => модуль 6; модуль 7
""",
)

LAYOUT = _set(
    "layout",
    """
lbcgthcbz => girafe-prerequisites
gbrctkm => seam-carving
руфз => en/heap; en/priority-queue; ru/heap; ru/priority-queue; lwkd-2022; Языки программирования
jxthtlm c ghbjhbntnjv => ru/priority-queue; ru/heap
abkmnh ,kevf => ru/bloom-filter
cntqr[jklths => seeds/lecture; Переговоры
,jnfybrf => Ботаника
`vrjcnm => Поездка в Карелию
Ытщцадфлу => Snowflake lab (long); модуль 6
hjzkm => Музыка и акустика
лгиусед кщддщге => Deploying containers
gthtujdjhs => Переговоры
lbcgthcz => girafe-prerequisites
куфсе => en/prompt-react; ru/prompt-react; awesome; prompt-papers
""",
)

OPERATORS = _set(
    "operators",
    """
tag:ml => Кластеры и группы; Model evaluation
tag:поездки => Поездка в Карелию
тег:devops => Deploying containers
kind:digest hackathon => awesome; ipfs-070
kind:lecture граф => ru/graph; Git-101
вид:лекция ребёнок => Детский сад и школа
date:2023-10-30 => seeds/digest
date:2023-07..2023-08 => Поездка в Карелию
title:куча => ru/heap
title:протокол => Сети и протоколы
trie -префиксное => en/trie
mouse OR рояль => Click house on a farm; Gardening club; Музыка и акустика
(goose OR mouse) -women => Click house on a farm
кластер* => Кластеры и группы; Snowflake lab (long); модуль 4; модуль 6; seeds/digest
гипотез ИЛИ инцидент => Проверка гипотез; Надёжность сервиса
in:notes протокол => Сети и протоколы; Переговоры
""",
)

TOPICS = _set(
    "topic",
    """
как вернуться к предыдущему коммиту => Git-101
установка java для spark => How to Spark
удаление объекта с фотографии => seam-carving
корневой узел кучи => ru/heap
разрешение коллизий хеш-таблицы => ru/hash-table
обход связного списка => ru/linked-list; ru/doubly-linked-list
зачем нужен фильтр Блума => ru/bloom-filter
системы с открытой адресацией => ru/hash-table
миграция с ClickHouse на Doris => seeds/digest
инвестиции Amazon в Anthropic => seeds/digest
закон больших чисел => girafe-prerequisites
промптинг без примеров => ru/prompt-basics; prompt-fewshot
схема звезда в хранилище => модуль 6; модуль 4
загрузка данных в Snowflake => Snowflake lab (long); модуль 6
временное путешествие снежинка => Snowflake lab (long); модуль 6
собственная языковая модель => seeds/digest
состав команды ml => seeds/lecture
чем отличается mlops от devops => seeds/lecture
как считают погрешность => Ошибки измерений
когда откатывать релиз => Надёжность сервиса
minimum edit distance between strings => en/levenshtein-distance
heap insert complexity => en/heap
fact hallucination error propagation => en/prompt-react; ru/prompt-react
mixtral long context passkey => en/prompt-mixtral; ru/prompt-mixtral
sparse mixture of experts => en/prompt-mixtral; ru/prompt-mixtral
ipfs pinning summit => ipfs-090
filecoin mainnet launch => ipfs-110
cloudflare gateway => ipfs-011
reinforcement learning introduction => girafe-extra_materials; prompt-readings
security hole in kubernetes => lwkd-2021; lwkd-2022
""",
)

ACCEPTANCE = _set(
    "acceptance",
    """
модель => seeds/digest; seeds/lecture; ru/prompt-basics; prompt-fewshot; ru/prompt-mixtral; ru/prompt-react
    ; prompt-tot; модуль 1; модуль 2; модуль 4; модуль 5; модуль 6; Learning resources; Guide
стейкхолдерам => seeds/lecture; Переговоры
векторные базы данных => seeds/digest
vector database => seeds/digest
команда аналитиков => seeds/digest
ghbdtn => seeds/digest; Guide; Инструменты недели
ьдщзы => seeds/digest; seeds/lecture; Инструменты недели
стейхколдеры => seeds/lecture; Переговоры
"цена ошибки" => seeds/lecture
kind:digest tag:host_habr_com LLM => seeds/digest
""",
)

NOTHING = _set(
    "nothing",
    """
синхрофазотрон
xylophone
носорог
qzxwvkj
ъыьщцфй
hjkqwzx
оапрлдвы
zzzzzz
жжжжжж
bvqtnnx
шгнекцуй
wrtpsdfg
йцукенйцукен
"ошибки пикселей"
"distance xylophone"
tag:несуществующий
kind:lecture date:1999
title:ксилофон
kind:folder стейкхолдер
носорог -модель
""",
)

EVERYTHING = (
    *FORMS, *SUPPLETION, *DERIVATION, *MIXED, *CODE, *PHRASES, *TYPOS, *LAYOUT, *OPERATORS, *TOPICS,
    *ACCEPTANCE, *NOTHING,
)  # fmt: skip
