namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>What makes a method an endpoint.</summary>
internal enum EndpointKind
{
    /// <summary>It is a handler of an endpoint file.</summary>
    Page,

    /// <summary>It is an action of an MVC controller.</summary>
    Action,

    /// <summary>It is a handler of a Razor Page.</summary>
    RazorPage,
}
