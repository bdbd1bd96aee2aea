namespace Endpoints.Shared.Pages;

/// <summary>Specifies the source of a project's pages folders.</summary>
internal enum PagesState
{
    /// <summary>The package's targets provide the folders.</summary>
    Given,

    /// <summary>No source provides them. A project without the targets has its endpoint files in <c>pages</c>.</summary>
    Missing,

    /// <summary>Several files provide them, or one that is invalid.</summary>
    Unclear,
}
