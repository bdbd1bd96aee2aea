namespace Endpoints.Testing;

/// <summary>An application's guards are not what its guard lock says. The message lists the differences and has the whole table.</summary>
public sealed class GuardMatrixException : Exception
{
    internal GuardMatrixException(GuardMatrixReport report)
        : base(report.ToString()) => Report = report;

    /// <summary>What happened, as data.</summary>
    public GuardMatrixReport Report { get; }
}
