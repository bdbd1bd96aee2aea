namespace DropIn.Files;

public static class Item
{
    public static string Get(string id) => $"Item {id}";
}
