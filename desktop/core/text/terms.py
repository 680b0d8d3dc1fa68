"""Words of lectures about computers that dictionaries do not have and that are one letter from words which they have.

No list of terms is ever whole: these are only the commonest; the rest is for the user's own list.
"""

TERMS = frozenset(
    "admin agentic aluminium analytics apps async auth backend backends backlink backlinks blockchain bool "
    "boolean cache chatbot cli commits config configs cron css dataframe dataset datasets datetime devops dict "
    "diff docker embeddings enum env etc exif filename filenames filepath frontend git github globals golang grep "
    "hackathon href html http https iframe init inline inlines inode int json kernel lookup lookups macos "
    "markdown maths mdash meetup metadata micro multi mutex nbsp neural neuro npm numpy offline offsite online "
    "parser parsers perceptron pip plugin plugins precompute prepend prepends preprocess python qubit qubits "
    "refactor refactored refactoring regex rehype renderer renderers repo repos resize runtime sandboxed scikit "
    "screenshot screenshots shader shoutout shoutouts sigmoid softmax sql stderr stdin stdio stdout str subclass "
    "subnet subset substring systemd tech todo todos tokenizer truthy tuple unix untrusted url urls utf util "
    "wearables webpage webpages wifi wiki workflow workflows yaml "
    "айти апи бакет бакета бакете бакетов бакетом бакеты бэкап бэкапы вебинар вебинара вебинары гуглил гуглить "
    "демо диплинк кликаем кликать коммит коммита коммитов коммиты лаба лабе лабу лабы логи логирование логов "
    "неоптимально отрисовка отрисовки отрисовку оффер офферы паблик пайплайн парсинг парсинга парсить подпапка "
    "подпапками подпапке подпапки подпапку пошагово проактивная проактивный проактивным прод прода проде промпт "
    "промпта промпте промптов промпты расшарил расшарили расшарить ритейл ритейла ритейле стрим токен токена "
    "токенам токенов токеном токены тюнить фронтенд хешированные хешировать циклически".split()
)
