namespace Endpoints.Testing;

/// <summary>
/// Represents the error that an application's guards differ from its guard lock. The message lists the differences and contains the whole
/// table.
/// </summary>
public sealed class GuardMatrixException : Exception
{
    internal GuardMatrixException(GuardMatrixReport report)
        : base(report.ToString()) => Report = report;

    /// <summary>Gets the report as data.</summary>
    public GuardMatrixReport Report { get; }
}
