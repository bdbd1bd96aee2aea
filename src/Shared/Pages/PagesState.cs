namespace Endpoints.Shared.Pages;

/// <summary>How a project's pages folders are known.</summary>
internal enum PagesState
{
    /// <summary>The package's targets say them.</summary>
    Given,

    /// <summary>Nothing says them: a project without the targets has its endpoint files in <c>pages</c>.</summary>
    Missing,

    /// <summary>There are several files that say them, or one that is not right.</summary>
    Unclear,
}
