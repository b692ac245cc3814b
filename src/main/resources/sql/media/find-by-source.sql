select token from photo where source = :source
