namespace Endpoints.Wix.Sessions;

/// <summary>What a browser begins.</summary>
internal enum BrowserFlowKind
{
    Login,
    Logout,
    Installation,
}
