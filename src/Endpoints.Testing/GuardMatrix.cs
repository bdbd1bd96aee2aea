using Endpoints.Testing.Running;

namespace Endpoints.Testing;

/// <summary>Tests the guards of an application's elevated endpoints: each endpoint against each kind of caller, compared with the guard lock.</summary>
/// <remarks>
/// <para>
/// The application is started as it is, in the test's process and on a Wix of its own (<c>Endpoints.Wix.Emulator</c>), and its endpoints are really called: through its
/// middleware, by nobody, visitors, members, users and the app, with tokens and with session cookies. Handlers are not run, bodies not bound and checks not
/// asked: behind the guards something stands in for them. Only this package can put it there.
/// </para>
/// <para>Each request comes from an address and for a caller of its own, so that rate limits refuse none.</para>
/// </remarks>
public static class GuardMatrix
{
    /// <summary>Calls every elevated endpoint as every kind of caller, and holds what happens against <c>endpoints.lock.json</c>.</summary>
    /// <typeparam name="TEntryPoint">A type of the application's assembly: <c>Program</c>.</typeparam>
    /// <param name="configure">Sets the options, if the defaults don't fit.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What happened; printing it gives a table.</returns>
    /// <exception cref="GuardMatrixException">
    /// Somebody got in whom the lock does not let in, or the other way round; an elevated endpoint is not in the lock; an entry of the lock has no endpoint; a request
    /// was answered by something else than the guards. The message has the whole table.
    /// </exception>
    /// <exception cref="InvalidOperationException">There is no lock file, or it can't be read; or the application does not start.</exception>
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
