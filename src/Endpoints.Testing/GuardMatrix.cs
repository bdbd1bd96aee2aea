using Endpoints.Testing.Running;

namespace Endpoints.Testing;

/// <summary>
/// Tests the guards of an application's elevated endpoints: calls each endpoint as each kind of caller and compares the results with the
/// guard lock.
/// </summary>
/// <remarks>
/// <para>
/// The application is started unchanged, in the test's process and on its own emulated Wix platform (<c>Endpoints.Wix.Emulator</c>). Its
/// endpoints are called through its middleware: anonymously and by visitors, members, users and the app, with tokens and with session
/// cookies. Handlers don't run, bodies are not bound and checks are not evaluated, because a substitute replaces everything behind the
/// guards. Only this package can install the substitute.
/// </para>
/// <para>Each request has its own address and its own caller, so that rate limits reject none.</para>
/// </remarks>
public static class GuardMatrix
{
    /// <summary>Calls every elevated endpoint as every kind of caller, and compares the results with <c>endpoints.lock.json</c>.</summary>
    /// <typeparam name="TEntryPoint">A type in the application's assembly, such as <c>Program</c>.</typeparam>
    /// <param name="configure">The action that sets the options, if the defaults don't fit.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task whose result is the report. Printing the report shows a table.</returns>
    /// <exception cref="GuardMatrixException">
    /// A caller was let in that the lock does not let in, or the other way round; an elevated endpoint is not in the lock; an entry of the
    /// lock has no endpoint; or a request was answered by something other than the guards. The message contains the whole table.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The lock file is missing or can't be read, or the application does not start.
    /// </exception>
    public static async Task<GuardMatrixReport> VerifyAsync<TEntryPoint>(
        Action<GuardMatrixOptions>? configure = null, CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        var options = new GuardMatrixOptions();
        configure?.Invoke(options);
        var report = await MatrixRun.RunAsync<TEntryPoint>(options, cancellationToken).ConfigureAwait(false);
        return report.Differences.Count == 0 ? report : throw new GuardMatrixException(report);
    }
}
