using Endpoints.Shared.Pages;

namespace Endpoints.Shared.Tables;

/// <summary>A file whose route answers the same paths as another's.</summary>
internal sealed record Collision(Page Page, Page Other);
