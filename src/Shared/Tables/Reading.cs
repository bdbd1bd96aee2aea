using Endpoints.Shared.Collections;
using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Shared.Tables;

/// <summary>Represents the result of reading one source file.</summary>
/// <param name="Source">The file.</param>
/// <param name="Page">The endpoint file, or <see langword="null"/> if the file isn't or can't be one.</param>
/// <param name="Folder">The class of a <c>_folder.cs</c>, or <see langword="null"/> for other files and if it can't be used.</param>
/// <param name="Flaws">The mistakes, in the order of the file.</param>
/// <param name="Anchor">The location of mistakes that concern the whole file.</param>
/// <param name="NeedsModel">
/// <see langword="true"/> if the file depends on other files, because of a base class or parts of the class elsewhere; otherwise,
/// <see langword="false"/>.
/// </param>
internal sealed record Reading(
    PageSource Source, Page? Page, FolderClass? Folder, EquatableArray<Flaw> Flaws, TextSpan Anchor, bool NeedsModel);
