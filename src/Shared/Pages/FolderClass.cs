namespace Endpoints.Shared.Pages;

/// <summary>Represents the class of a <c>_folder.cs</c>.</summary>
/// <param name="Directory">The folder that the class applies to: <c>pages/api</c>.</param>
/// <param name="Class">The fully qualified C# name of the class.</param>
internal sealed record FolderClass(string Directory, string Class);
