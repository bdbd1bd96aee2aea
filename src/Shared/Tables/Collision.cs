using Endpoints.Shared.Pages;

namespace Endpoints.Shared.Tables;

/// <summary>Represents a file whose route matches the same paths as another's.</summary>
internal sealed record Collision(Page Page, Page Other);
