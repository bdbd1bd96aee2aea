namespace Endpoints.Wix.Emulator.CommandLine;

/// <summary>Runs the command.</summary>
/// <remarks>
/// These are not top-level statements, because ASP.NET Core makes their class public, and test projects would have two classes named
/// <c>Program</c>.
/// </remarks>
internal static class EntryPoint
{
    public static Task<int> Main(string[] args) => WixEmulatorCommand.RunAsync(args);
}
