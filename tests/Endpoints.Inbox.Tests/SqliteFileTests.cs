using Endpoints.Inbox.Tests.Stores;
using Microsoft.Data.Sqlite;

namespace Endpoints.Inbox.Tests;

/// <summary>The file: who may read it, and what happens when it can't be used.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inbox").FullName;

    private string File_ => Path.Combine(_folder, "data", "inbox.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Only_the_owner_can_read_the_file_and_those_beside_it()
    {
        await using var node = Start();
        await AcceptAsync(node, "1");

        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            new DirectoryInfo(Path.GetDirectoryName(File_)!).UnixFileMode);
        Assert.Equal(["inbox.db", "inbox.db-shm", "inbox.db-wal"],
            Directory.GetFiles(Path.GetDirectoryName(File_)!).Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(Path.GetDirectoryName(File_)!),
            static file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode));
    }

    [Fact]
    public async Task A_file_that_others_can_read_is_the_owners_again()
    {
        await using (var before = Start())
            await AcceptAsync(before, "1");
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(File_, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await using var node = Start();
        await AcceptAsync(node, "2");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(File_));
        Assert.Equal(2, (await node.Store.CountAsync(default)).Waiting);
    }

    [Fact]
    public async Task A_damaged_file_refuses_everything_until_it_is_moved_away()
    {
        await using (var before = Start())
        {
            for (var i = 0; i < 50; i++)
                await AcceptAsync(before, $"{i}");
        }

        var bytes = await File.ReadAllBytesAsync(File_);
        Array.Fill(bytes, (byte)0x5a, 0, bytes.Length / 2);
        await File.WriteAllBytesAsync(File_, bytes);
        await using var node = Start();

        await Assert.ThrowsAsync<InboxUnavailableException>(() => AcceptAsync(node, "1"));
        await Assert.ThrowsAsync<InboxUnavailableException>(async () => await node.Store.CountAsync(default));
        File.Move(File_, File_ + ".damaged");
        File.Delete(File_ + "-wal");
        File.Delete(File_ + "-shm");
        await AcceptAsync(node, "1");
    }

    [Fact]
    public async Task A_place_that_can_not_be_written_refuses_everything_and_stops_nothing()
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Path.GetDirectoryName(File_)!, "a file where the directory should be");
        await using var node = Start();

        await Assert.ThrowsAsync<InboxUnavailableException>(() => AcceptAsync(node, "1"));
        File.Delete(Path.GetDirectoryName(File_)!);
        await AcceptAsync(node, "1");
    }

    [Fact]
    public async Task Another_process_that_holds_the_file_holds_nobody_up_for_long()
    {
        await using var node = Start();
        await AcceptAsync(node, "1");
        await using (var other = new SqliteConnection($"Data Source={File_};Pooling=False"))
        {
            await other.OpenAsync();
            await using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync();

            await Assert.ThrowsAsync<InboxUnavailableException>(() => AcceptAsync(node, "2").WaitAsync(TimeSpan.FromMinutes(1)));
        }

        await AcceptAsync(node, "2");
    }

    [Fact]
    public async Task A_full_file_refuses_messages_and_loses_none()
    {
        await using var node = Start();
        await AcceptAsync(node, "1");
        await using (var other = new SqliteConnection($"Data Source={File_};Pooling=False"))
        {
            // A quota of the file's own: SQLite answers with what a full disk is answered with.
            await other.OpenAsync();
            await using var command = other.CreateCommand();
            command.CommandText = "CREATE TRIGGER quota BEFORE INSERT ON messages BEGIN SELECT RAISE(ROLLBACK, 'full'); END";
            await command.ExecuteNonQueryAsync();
            await Assert.ThrowsAsync<InboxUnavailableException>(() => AcceptAsync(node, "2"));
            command.CommandText = "DROP TRIGGER quota";
            await command.ExecuteNonQueryAsync();
        }

        await AcceptAsync(node, "2");
        Assert.Equal(["1", "2"],
            (await node.Store.LeaseAsync(["orders"], 10, TimeSpan.FromMinutes(1), default)).Select(static lease => lease.Message.Id));
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_left_alone()
    {
        await using (var before = Start())
            await AcceptAsync(before, "1");
        await using (var later = new SqliteConnection($"Data Source={File_};Pooling=False"))
        {
            await later.OpenAsync();
            await using var command = later.CreateCommand();
            command.CommandText = "PRAGMA user_version = 1000";
            await command.ExecuteNonQueryAsync();
        }

        await using var node = Start();
        await Assert.ThrowsAsync<InboxUnavailableException>(() => AcceptAsync(node, "2"));
    }

    private InboxNode Start() => InboxNode.Start(TimeProvider.System, options => options.Path = File_);

    private static async Task AcceptAsync(InboxNode node, string id) =>
        Assert.Equal(InboxAcceptance.Accepted, await node.Store.AcceptAsync(NodesTests.Message(id), default));
}
