namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>
/// Provides the facts of the service plugin by which Wix runs an app's tools. No package that is published has them: they are those of
/// Wix's documentation.
/// </summary>
internal static class ToolsProvider
{
    public const string Type = "TOOLS_PROVIDER_CONFIG";

    /// <summary>The facts, in the form of those of packages.</summary>
    public const string Facts = $$"""
        {
          "plugin": { "type": "{{Type}}", "methods": [{ "name": "runTool", "path": "/v1/run-tool", "request": "RunToolRequest" }] },
          "types": { "RunToolRequest": { "methodName": "string minLength=1 maxLength=30", "payload": "struct" } }
        }
        """;
}
