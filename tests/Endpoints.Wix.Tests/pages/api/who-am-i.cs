using Endpoints.Wix;

public static class WhoAmI
{
    public static Caller Get(Caller caller) => caller;
}
