using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Inboxes.Storage;

/// <summary>Represents the SQLite file of the inbox: where it is, who may read it, and how it is opened.</summary>
/// <remarks>The file has personal data. Only the user that runs the application can read it.</remarks>
internal sealed class InboxFile(IOptions<WixOptions> options, IHostEnvironment host, IServiceProvider services)
{
    private const string Memory = ":memory:";
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Gets the path of the file.</summary>
    public string Path { get; } = PathOf(options.Value.Inbox.Path ?? (IsTest(services) ? Memory : null), host,
        services.GetService<IWebHostEnvironment>()?.WebRootPath);

    /// <summary>Opens the file, and creates it if it doesn't exist.</summary>
    /// <exception cref="SqliteException">SQLite can't open the file.</exception>
    /// <exception cref="IOException">The file or its directory can't be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its directory can't be created.</exception>
    public SqliteConnection Open()
    {
        if (Path != Memory)
            Create();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path, Pooling = false, DefaultTimeout = 2,
        }.ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = InboxSchema.Pragmas;
            command.ExecuteNonQuery();
            command.CommandText = "PRAGMA user_version";
            if (command.ExecuteScalar() is not long version || version > InboxSchema.Version)
                throw new IOException($"{Path} was written by a later version. Update the application, or use another file.");
            if (version < InboxSchema.Version)
            {
                command.CommandText = InboxSchema.Text;
                command.ExecuteNonQuery();
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Create()
    {
        if (System.IO.Path.GetDirectoryName(Path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
        }

        // SQLite gives the files beside it the same permissions. An existing file is not opened: closing it would end SQLite's locks.
        if (!File.Exists(Path))
        {
            var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                create.UnixCreateMode = Owner;
            try
            {
                new FileStream(Path, create).Dispose();
            }
            catch (IOException) when (File.Exists(Path))
            {
                // Another process was first.
            }
        }
        else if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(Path) is var mode && (mode & ~Owner) != 0)
        {
            File.SetUnixFileMode(Path, mode & Owner);
        }
    }

    private static string PathOf(string? configured, IHostEnvironment host, string? served)
    {
        if (configured == Memory)
            return Memory;
        if (!string.IsNullOrWhiteSpace(configured))
        {
            var path = System.IO.Path.GetFullPath(configured, host.ContentRootPath);
            if (!string.IsNullOrEmpty(served) && IsBelow(served, path))
            {
                throw new InvalidOperationException(
                    $"Wix:Inbox:Path is '{configured}', which is in the content that is served to the web: '{served}'. Events contain "
                    + "personal data. Set a path outside of it.");
            }

            return path;
        }

        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var name = string.Concat(host.ApplicationName.Select(static c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'));
        // A user without a home directory has the content root, which is not served either.
        return System.IO.Path.Combine(data.Length > 0 ? data : System.IO.Path.Combine(host.ContentRootPath, "App_Data"), "Endpoints",
            name.Trim('.') is { Length: > 0 } known ? known : "application", "inbox.db");
    }

    // Wix reaches no server without a network, so nothing is lost with it. In a file, tests would find what others have left there.
    private static bool IsTest(IServiceProvider services) =>
        services.GetService<IServer>()?.GetType().FullName == "Microsoft.AspNetCore.TestHost.TestServer";

    private static bool IsBelow(string folder, string path) => System.IO.Path.GetRelativePath(folder, path) is var relative
        && !relative.StartsWith("..", StringComparison.Ordinal) && !System.IO.Path.IsPathRooted(relative);
}
