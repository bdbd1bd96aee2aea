namespace Endpoints.Wix.Inboxes.Storage;

/// <summary>Contains the tables of the inbox's SQLite file and the statements that use them.</summary>
/// <remarks>
/// States: 0 waits, 1 is leased, 2 has failed, 3 is a claim without a message, 4 waits behind an earlier message of its order key. A
/// message that waits or is leased can be leased from the time <c>at</c> on. Times are in milliseconds since 1970. Of the messages with
/// one order key, the first is the only one whose state isn't 4.
/// </remarks>
internal static class InboxSchema
{
    public const long Version = 1;

    // Every commit reaches the disk. Waiting for another process is in the writer's hand.
    public const string Pragmas = """
        PRAGMA busy_timeout = 1000;
        PRAGMA journal_mode = WAL;
        PRAGMA busy_timeout = 5;
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = FAST;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA temp_store = MEMORY;
        """;

    public const string Text = """
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS messages (
          seq INTEGER PRIMARY KEY AUTOINCREMENT,
          queue TEXT NOT NULL, id TEXT NOT NULL, order_key TEXT,
          state INTEGER NOT NULL, accepted INTEGER NOT NULL, at INTEGER NOT NULL, attempts INTEGER NOT NULL,
          token TEXT, trace TEXT, error TEXT, body BLOB,
          UNIQUE (queue, id));
        CREATE INDEX IF NOT EXISTS ready ON messages (queue, at) WHERE state < 2;
        CREATE INDEX IF NOT EXISTS ordered ON messages (queue, order_key, seq) WHERE order_key IS NOT NULL;
        CREATE INDEX IF NOT EXISTS states ON messages (state, accepted);
        CREATE INDEX IF NOT EXISTS ended ON messages (state, at) WHERE state IN (2, 3);
        CREATE TABLE IF NOT EXISTS handled (queue TEXT NOT NULL, id TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (queue, id))
          WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS handled_until ON handled (until);
        CREATE TABLE IF NOT EXISTS total (messages INTEGER NOT NULL);
        INSERT INTO total SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM total);
        CREATE TRIGGER IF NOT EXISTS added AFTER INSERT ON messages WHEN new.state <> 3
          BEGIN UPDATE total SET messages = messages + 1; END;
        CREATE TRIGGER IF NOT EXISTS removed AFTER DELETE ON messages WHEN old.state <> 3
          BEGIN UPDATE total SET messages = messages - 1; END;
        PRAGMA user_version = 1;
        COMMIT;
        """;

    // queue, id, key, now, trace, body, most
    public const string Accept = """
        INSERT INTO messages (queue, id, order_key, state, accepted, at, attempts, trace, body)
        SELECT $1, $2, $3,
          CASE WHEN $3 IS NOT NULL AND EXISTS (SELECT 1 FROM messages WHERE queue = $1 AND order_key = $3) THEN 4 ELSE 0 END,
          $4, $4, 0, $5, $6
        WHERE (SELECT messages FROM total) < $7
          AND NOT EXISTS (SELECT 1 FROM handled WHERE queue = $1 AND id = $2 AND until > $4)
        ON CONFLICT (queue, id) DO NOTHING
        """;

    // queue, id, now
    public const string IsHandled = "SELECT 1 FROM handled WHERE queue = $1 AND id = $2 AND until > $3";

    // queue, id
    public const string State = "SELECT state, at, attempts, accepted FROM messages WHERE queue = $1 AND id = $2";

    // queue, id, now, until, token
    public const string Claim = """
        INSERT INTO messages (queue, id, state, accepted, at, attempts, token) VALUES ($1, $2, 3, $3, $4, 1, $5)
        ON CONFLICT (queue, id) DO UPDATE SET at = excluded.at, attempts = attempts + 1, token = excluded.token
        RETURNING attempts, accepted
        """;

    // queue, id
    public const string DropClaim = "DELETE FROM messages WHERE queue = $1 AND id = $2 AND state = 3";

    // queue, now, limit, until, token
    public const string Lease = """
        UPDATE messages SET state = 1, at = $4, attempts = attempts + 1, token = $5
        WHERE seq IN (SELECT seq FROM messages WHERE queue = $1 AND state < 2 AND at <= $2 ORDER BY at, seq LIMIT $3)
        RETURNING queue, id, order_key, attempts, accepted, trace, body, seq
        """;

    // queue, id, token, until
    public const string Renew = "UPDATE messages SET at = $4 WHERE queue = $1 AND id = $2 AND token = $3";

    // queue, id, token
    public const string Complete = "DELETE FROM messages WHERE queue = $1 AND id = $2 AND token = $3 RETURNING order_key";

    // queue, id, until
    public const string Handled = "INSERT OR REPLACE INTO handled (queue, id, until) VALUES ($1, $2, $3)";

    // queue, key
    public const string Promote = """
        UPDATE messages SET state = 0
        WHERE state = 4 AND seq = (SELECT MIN(seq) FROM messages WHERE queue = $1 AND order_key = $2)
        """;

    // queue, id, token, at, error, attempts not to count
    public const string Retry = """
        UPDATE messages SET state = 0, at = $4, error = COALESCE($5, error), attempts = attempts - $6, token = NULL
        WHERE queue = $1 AND id = $2 AND token = $3
        """;

    // queue, id, token, now, error
    public const string Fail = """
        UPDATE messages SET state = 2, at = $4, error = $5, token = NULL WHERE queue = $1 AND id = $2 AND token = $3
        """;

    // at and seq of the last of the page before, limit
    public const string Failed = """
        SELECT queue, id, order_key, state, attempts, accepted, at, error, NULL, seq FROM messages
        WHERE state = 2 AND (at, seq) < ($1, $2) ORDER BY at DESC, seq DESC LIMIT $3
        """;

    // queue, id
    public const string Find = """
        SELECT queue, id, order_key, state, attempts, accepted, at, error, body, seq FROM messages
        WHERE queue = $1 AND id = $2 AND state <> 3
        """;

    // queue, id, now
    public const string Requeue = """
        UPDATE messages SET state = 0, at = $3, attempts = 0 WHERE queue = $1 AND id = $2 AND state = 2
        """;

    // queue, id
    public const string Discard = "DELETE FROM messages WHERE queue = $1 AND id = $2 AND state = 2 RETURNING order_key";

    public const string Counts = "SELECT state, COUNT(*), MIN(accepted) FROM messages GROUP BY state";

    // now, limit
    public const string Forget = """
        DELETE FROM handled WHERE (queue, id) IN (SELECT queue, id FROM handled WHERE until <= $1 LIMIT $2)
        """;

    // state, until, limit
    public const string Drop = """
        DELETE FROM messages WHERE seq IN (SELECT seq FROM messages WHERE state = $1 AND at <= $2 LIMIT $3) RETURNING queue, order_key
        """;
}
