namespace Endpoints.Shared.Pages;

/// <summary>Specifies the role of a source file in the route table.</summary>
internal enum PageKind
{
    /// <summary>An endpoint file.</summary>
    Page,

    /// <summary>A <c>_folder.cs</c>, whose class's attributes apply to every route beneath it.</summary>
    Folder,

    /// <summary>A file that would be an endpoint file if the letter case of its pages folder or project were ignored.</summary>
    Stray,
}
