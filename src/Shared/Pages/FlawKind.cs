namespace Endpoints.Shared.Pages;

/// <summary>Specifies the kind of a mistake in a file below the pages folders.</summary>
internal enum FlawKind
{
    /// <summary>Unbalanced brackets in the name of the file.</summary>
    BracketsUnbalanced,

    /// <summary>Adjacent parameters in the name of the file.</summary>
    ParametersNotSeparated,

    /// <summary>An invalid parameter name.</summary>
    ParameterName,

    /// <summary>Two parameters of the same name.</summary>
    ParameterTwice,

    /// <summary>A parameter with more than one pair of brackets.</summary>
    BracketsNested,

    /// <summary>A file without a handler.</summary>
    NoHandler,

    /// <summary>A file with two handler classes.</summary>
    HandlerClassTwice,

    /// <summary>Two methods that handle the same HTTP method.</summary>
    VerbTwice,

    /// <summary>A handler class that is not public.</summary>
    ClassNotPublic,

    /// <summary>A handler method that is not public.</summary>
    MethodNotPublic,

    /// <summary>A method whose name is similar to that of an HTTP method.</summary>
    NearMiss,

    /// <summary>A handler that binds a route parameter that the path does not have.</summary>
    NoSuchRouteParameter,

    /// <summary>A route parameter that no handler reads.</summary>
    UnreadRouteParameter,

    /// <summary>A handler class whose form can't be served.</summary>
    ClassCannotHandle,

    /// <summary>A handler method whose form can't be served.</summary>
    MethodCannotHandle,

    /// <summary>A member that is named after an HTTP method but is not a method.</summary>
    NotAMethod,

    /// <summary>An <c>[HttpMethod]</c> that does not name an HTTP method.</summary>
    HttpMethodName,

    /// <summary>A <c>_folder.cs</c> that does not contain exactly one class.</summary>
    FolderClass,

    /// <summary>A file outside the pages folders that looks like an endpoint file.</summary>
    OutsidePages,
}
