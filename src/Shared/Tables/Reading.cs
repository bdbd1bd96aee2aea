using Endpoints.Shared.Collections;
using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Shared.Tables;

/// <summary>What was found in one source file.</summary>
/// <param name="Source">The file.</param>
/// <param name="Page">The endpoint file; null when it is none or can't be one.</param>
/// <param name="Folder">The class of a <c>_folder.cs</c>; null for other files, and when it can't be used.</param>
/// <param name="Flaws">The mistakes, in the order of the file.</param>
/// <param name="Anchor">Where a mistake of the whole file is shown.</param>
/// <param name="NeedsModel">Whether the file can't be understood without the others: a base class, or parts of the class elsewhere.</param>
internal sealed record Reading(
    PageSource Source, Page? Page, FolderClass? Folder, EquatableArray<Flaw> Flaws, TextSpan Anchor, bool NeedsModel);
