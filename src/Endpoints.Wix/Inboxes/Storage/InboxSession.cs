using Microsoft.Data.Sqlite;

namespace Endpoints.Wix.Inboxes.Storage;

/// <summary>Represents the open file, for the thread that writes: its prepared statements, and the time of the transaction.</summary>
internal sealed class InboxSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _statements = [];

    /// <summary>Gets or sets the time of the transaction, in milliseconds since 1970.</summary>
    public long Now { get; set; }

    public int Execute(string statement, params ReadOnlySpan<object?> values) => Prepared(statement, values).ExecuteNonQuery();

    public SqliteDataReader Query(string statement, params ReadOnlySpan<object?> values) => Prepared(statement, values).ExecuteReader();

    /// <summary>Begins a transaction that writes. Returns <see langword="false"/> while another process has one.</summary>
    public bool TryBegin()
    {
        var code = SQLitePCL.raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE");
        if (code is SQLitePCL.raw.SQLITE_BUSY)
            return false;
        SqliteException.ThrowExceptionForRC(code, connection.Handle);
        return true;
    }

    public void Commit() => SqliteException.ThrowExceptionForRC(SQLitePCL.raw.sqlite3_exec(connection.Handle, "COMMIT"), connection.Handle);

    /// <summary>Closes the file. What hasn't been committed is rolled back.</summary>
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Prepared(string statement, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(statement, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = statement;
            for (var i = 1; i <= values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(null, $"${i}") });
            _statements.Add(statement, command);
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
