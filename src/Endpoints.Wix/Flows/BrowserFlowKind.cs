namespace Endpoints.Wix.Flows;

/// <summary>What a browser begins.</summary>
internal enum BrowserFlowKind
{
    Login,
    Logout,
    Installation,
}
