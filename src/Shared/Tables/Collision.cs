using Endpoints.Generator.Pages;

namespace Endpoints.Generator.Tables;

/// <summary>A file whose route answers the same paths as another's.</summary>
internal sealed record Collision(Page Page, Page Other);
