using Endpoints.Shared.Collections;
using Endpoints.Shared.Pages;

namespace Endpoints.Shared.Tables;

/// <summary>A route as the table lists it.</summary>
/// <param name="Page">The endpoint file.</param>
/// <param name="Folders">The classes of the <c>_folder.cs</c> files above it, the outermost first.</param>
internal sealed record Row(Page Page, EquatableArray<string> Folders);
