using Endpoints.Shared.Collections;
using Endpoints.Shared.Pages;

namespace Endpoints.Shared.Tables;

/// <summary>Represents one row of the route table.</summary>
/// <param name="Page">The endpoint file.</param>
/// <param name="Folders">The classes of the <c>_folder.cs</c> files above it, the outermost first.</param>
internal sealed record Row(Page Page, EquatableArray<string> Folders);
