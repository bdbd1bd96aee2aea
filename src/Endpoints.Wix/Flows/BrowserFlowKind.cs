namespace Endpoints.Wix.Flows;

/// <summary>Specifies the kind of flow that a browser begins.</summary>
internal enum BrowserFlowKind
{
    Login,
    Logout,
    Installation,
}
