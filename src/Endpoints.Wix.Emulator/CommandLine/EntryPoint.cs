namespace Endpoints.Wix.Emulator.CommandLine;

/// <summary>Runs the command.</summary>
/// <remarks>Not top-level statements: ASP.NET Core makes their class public, and test projects would have two that are called <c>Program</c>.</remarks>
internal static class EntryPoint
{
    public static Task<int> Main(string[] args) => WixEmulatorCommand.RunAsync(args);
}
