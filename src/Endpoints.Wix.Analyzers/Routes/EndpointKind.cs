namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>Specifies the kind of an endpoint method.</summary>
internal enum EndpointKind
{
    /// <summary>A handler of an endpoint file.</summary>
    Page,

    /// <summary>An action of an MVC controller.</summary>
    Action,

    /// <summary>A handler of a Razor Page.</summary>
    RazorPage,
}
