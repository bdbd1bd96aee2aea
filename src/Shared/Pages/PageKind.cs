namespace Endpoints.Shared.Pages;

/// <summary>What a source file is to the route table.</summary>
internal enum PageKind
{
    /// <summary>An endpoint file.</summary>
    Page,

    /// <summary>A <c>_folder.cs</c>: its class's attributes apply to every route beneath.</summary>
    Folder,

    /// <summary>A file that has the place of an endpoint file but for the letter case of the pages folder or the project it lies in.</summary>
    Stray,
}
