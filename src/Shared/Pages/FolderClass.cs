namespace Endpoints.Shared.Pages;

/// <summary>The class of a <c>_folder.cs</c>.</summary>
/// <param name="Directory">The folder it stands for: <c>pages/api</c>.</param>
/// <param name="Class">The class, as C# names it from anywhere.</param>
internal sealed record FolderClass(string Directory, string Class);
