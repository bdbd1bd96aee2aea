namespace Endpoints.Tests;

public class FileRouteTests
{
    [Fact]
    public void An_assembly_without_endpoint_files_has_an_empty_table() => Assert.Empty(FileRouteTable.For(typeof(FileRoute).Assembly));
}
