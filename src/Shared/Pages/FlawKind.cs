namespace Endpoints.Shared.Pages;

/// <summary>What can be wrong with a file below the pages folders.</summary>
internal enum FlawKind
{
    /// <summary>Brackets in the file's name are unbalanced.</summary>
    BracketsUnbalanced,

    /// <summary>Parameters in its name touch.</summary>
    ParametersNotSeparated,

    /// <summary>A parameter's name is not valid.</summary>
    ParameterName,

    /// <summary>Two parameters have one name.</summary>
    ParameterTwice,

    /// <summary>A parameter has more than one pair of brackets.</summary>
    BracketsNested,

    /// <summary>It has no handler.</summary>
    NoHandler,

    /// <summary>It has two handler classes.</summary>
    HandlerClassTwice,

    /// <summary>Two methods handle one HTTP method.</summary>
    VerbTwice,

    /// <summary>The handler class is not public.</summary>
    ClassNotPublic,

    /// <summary>A handler method is not public.</summary>
    MethodNotPublic,

    /// <summary>A method's name is close to that of an HTTP method.</summary>
    NearMiss,

    /// <summary>A handler binds a route parameter that the path does not have.</summary>
    NoSuchRouteParameter,

    /// <summary>No handler reads a route parameter.</summary>
    UnreadRouteParameter,

    /// <summary>The handler class has a form that can't be served.</summary>
    ClassCannotHandle,

    /// <summary>A handler method has a form that can't be served.</summary>
    MethodCannotHandle,

    /// <summary>A member named after an HTTP method is no method.</summary>
    NotAMethod,

    /// <summary><c>[HttpMethod]</c> names no HTTP method.</summary>
    HttpMethodName,

    /// <summary>A <c>_folder.cs</c> does not hold one class.</summary>
    FolderClass,

    /// <summary>It looks like an endpoint file and lies outside the pages folders.</summary>
    OutsidePages,
}
